import { Voice } from '../app/answer-voice.ts';
import type { Knowledge } from '../app/ports.ts';
import { visible } from '../chat/visible.ts';
import { RoleTree } from '../domain/role-tree.ts';
import { type Anomaly, findAnomalies } from '../domain/rule-anomalies.ts';
import { formatPorts } from '../domain/service.ts';
import type { Reader } from '../locale.ts';

export type CatalogueLintParts = {
  readonly knowledge: Knowledge;
  readonly reader: Reader;
  readonly json: boolean;
  readonly out: (line: string) => void;
};

const kinds = ['duplicate', 'subset', 'overlap', 'other-transport'] as const;

/** Prints the anomalies among the rules of each topology. Findings are no errors: the exit code is 0. */
export function catalogueLint({ knowledge, reader, json, out }: CatalogueLintParts): 0 {
  const { found, notCompared, cut } = findAnomalies(knowledge.topologies, new RoleTree(knowledge.roles));
  if (json) {
    const findings = found.map(({ ports, ...finding }) => ({ ...finding, ports: formatPorts(ports) }));
    out(JSON.stringify({ definition: 'unordered-allow-only', findings, not_compared: notCompared, cut }));
    return 0;
  }
  const voice = new Voice(knowledge, reader);
  out(voice.say('lint.definition'));
  for (const kind of kinds) for (const finding of found) if (finding.kind === kind) out(visible(line(finding, voice)));
  if (cut) out(voice.say('lint.cut', { count: found.length }));
  if (notCompared.length > 0) out(visible(voice.say('lint.not-compared', { count: notCompared.length, rules: shortened(notCompared) })));
  out(voice.say('lint.summary', countsOf(found)));
  return 0;
}

function line({ kind, rules: [first, second], topologies, transport, ports, differs }: Anomaly, voice: Voice): string {
  const shared = [...(transport === null ? [] : [transport]), ...(ports.length === 0 ? [] : [formatPorts(ports)])].join(' ');
  const said = voice.say(`lint.${kind}`, { first, second, shared });
  const differing = differs.map((field) => voice.say(`lint.differs.${field}`));
  const beside = differing.length === 0 ? '' : ` ${voice.say('lint.differ', { fields: voice.list(differing, 'and') })}`;
  return `${said}${beside} [${shortened(topologies)}]`;
}

function shortened(ids: readonly string[]): string {
  return ids.length > 8 ? `${ids.slice(0, 8).join(', ')}, … (${ids.length})` : ids.join(', ');
}

function countsOf(found: readonly Anomaly[]): Readonly<Record<string, number>> {
  const count = (kind: Anomaly['kind']): number => found.filter((one) => one.kind === kind).length;
  return { duplicates: count('duplicate'), subsets: count('subset'), overlaps: count('overlap'), transports: count('other-transport') };
}
