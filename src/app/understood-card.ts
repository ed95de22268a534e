import type { Card, CardElement } from '../chat/card.ts';
import type { DialogState } from '../dialog/state.ts';
import { roleIdSchema } from '../domain/role.ts';
import type { Reader } from '../locale.ts';
import { roleOf, ruleOf } from './handlers/site-binding.ts';
import type { Knowledge } from './ports.ts';
import type { SaidFlow } from './request-sentence/said-flows.ts';
import type { Wanted } from './request-wanted.ts';

/** A typed text is quoted up to here; all of it can be copied. */
const quoted = 400;

/** What was typed, how it was understood, and what of it was not; null where there is nothing to say. */
export function understoodCard(wanted: Wanted, state: DialogState | null, knowledge: Knowledge, reader: Reader): Card | null {
  const dialog = wanted.remove ? 'remove-rule' : 'request-rule';
  const say = (key: string, params = {}) => knowledge.say({ key, params }, reader);
  const values = new Map<string, string>();
  const echo = (field: string, said: string): string => state?.answers[field]?.echo ?? say('request.understood.asked', { text: said });
  const sites = knowledge.sites.filter(({ id }) => wanted.sites.includes(id)).map(({ name }) => name[reader.locale]);
  const site = sites.length > 0 ? sites.join(', ') : wanted.said.site;
  if (site !== undefined) values.set('site', echo('site', site));
  else if (state?.answers['site']?.prefilled) values.set('site', state.answers['site'].echo);
  const flows = saidFlows(wanted, knowledge, reader);
  if (flows.length > 0) values.set('flows', flows.join('\n'));
  if (wanted.lines !== '') values.set('flows', state?.answers['flows']?.echo ?? say('request.understood.lines', { count: wanted.count }));
  for (const [field, raw] of Object.entries(wanted.said)) if (field !== 'site') values.set(field, echo(field, raw));
  if (values.size === 0 && wanted.rest.length === 0) return null;
  const facts = [...values].map(([field, value]) => ({ label: say(`${dialog}.${field}.label`), value }));
  const characters = [...wanted.text];
  const longest = wanted.lines === '' ? quoted : quoted / 4;
  const isLong = characters.length > longest;
  const text = isLong ? `${characters.slice(0, longest).join('')}…` : wanted.text;
  const elements: CardElement[] = [{ kind: 'text', spans: [{ subtle: say('dialog.you-wrote', { text }) }] }];
  if (facts.length > 0) elements.push({ kind: 'text', spans: [{ strong: say('dialog.understood') }] }, { kind: 'facts', facts });
  if (wanted.rest.length > 0)
    elements.push({ kind: 'notice', tone: 'warning', spans: [say('request.understood.rest', { text: wanted.rest.join('; ') })] });
  const summary = [say('dialog.understood'), ...facts.map(({ label, value }) => `${label} ${value}`)].join(' ').replace(/\s+/g, ' ');
  const copy = say('dialog.button.copy');
  return {
    locale: reader.locale,
    title: null,
    elements,
    actions: isLong ? [{ kind: 'copy', label: copy, text: wanted.text }] : [],
    summary,
  };
}

function saidFlows({ rules, flows }: Wanted, knowledge: Knowledge, { locale }: Reader): readonly string[] {
  const name = (said: string): string => {
    const id = roleIdSchema.safeParse(said);
    return (id.success ? roleOf(knowledge, id.data)?.name[locale] : undefined) ?? said;
  };
  const ends = (all: readonly string[]): string => all.map(name).join(', ');
  const line = ({ from, to, service }: SaidFlow) => `${ends(from)} → ${ends(to)} : ${service}`;
  const known = rules.flatMap((id) => {
    const rule = ruleOf(knowledge, id)?.rule;
    if (rule === undefined) return [];
    const ports = rule.ports.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
    const service = [ports, rule.transport].filter((part) => part !== null && part !== '').join('/');
    return [`${line({ from: rule.source, to: rule.via === null ? rule.destination : [rule.via], service })} (${id})`];
  });
  return [...known, ...flows.map(line)];
}
