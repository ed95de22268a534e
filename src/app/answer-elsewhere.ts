import type { RoleId } from '../domain/role.ts';
import type { Topology } from '../domain/rule.ts';
import type { Intent } from '../nlu/intent.ts';
import { catalogueOf, topologiesWith } from './answer-knowledge.ts';
import type { Knowledge } from './ports.ts';

/** How many topologies are offered to look in. */
const most = 4;

/** Where roles that the active topology lacks occur: first where there is an answer, then where all roles of the question are named. */
export function elsewhereFor(intent: Intent, absent: readonly RoleId[], knowledge: Knowledge): readonly Topology[] {
  const [role, ...others] = absent;
  if (role === undefined || !('reading' in intent)) return [];
  const { reading } = intent;
  const asked = [...reading.from, ...reading.to].filter((one) => one !== role);
  const candidates = topologiesWith(knowledge, role, [...others, ...asked]);
  const answers = ({ id }: Topology): boolean => {
    const catalogue = catalogueOf(knowledge, [id]);
    return asked.every((one) => catalogue.mentions(one)) && catalogue.ask(reading).some(({ match }) => match === 'explicit');
  };
  const answering = candidates.filter(answers);
  return [...answering, ...candidates.filter((topology) => !answering.includes(topology))].slice(0, most);
}
