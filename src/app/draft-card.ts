import type { Card, CardAction } from '../chat/card.ts';
import { cutLine } from '../chat/cut.ts';
import type { DialogState } from '../dialog/state.ts';
import type { Reader } from '../locale.ts';
import type { Draft, Knowledge } from './ports.ts';
import { messageCard } from './turn.ts';

/** What a draft is about is said up to so many characters. */
const most = 160;

/** A draft as one tells it from others: what it is about, when it was left, and which question comes next. */
export function draftCard({ id, state, updated_at }: Draft, knowledge: Knowledge, reader: Reader): Card {
  const say = (key: string, params = {}) => knowledge.say({ key, params }, reader);
  const definition = knowledge.dialogs.get(state.dialog);
  const { at } = state;
  const isAsked = at.kind !== 'review' && definition?.pages.some(({ steps }) => steps.some(({ field }) => field === at.field));
  const parts = [
    ...(definition === undefined ? [] : [say(`${state.dialog}.title`)]),
    ...aboutOf(state).map((about) => cutLine(about, most)),
  ];
  const head = parts.join(' · ');
  const params = { at: { at: updated_at } };
  const left = isAsked
    ? { key: 'request.list.draft.next', params: { ...params, next: say(`${state.dialog}.${at.field}.label`) } }
    : { key: 'request.list.draft', params };
  const resume: CardAction = {
    kind: 'button',
    label: say('request.draft.resume'),
    action: 'draft.resume',
    data: { draft: id },
    style: 'default',
  };
  const card = messageCard(knowledge.say, reader, [left], { actions: [resume] });
  return { ...card, elements: [{ kind: 'text', spans: [{ strong: head }] }, ...card.elements], summary: `${head}: ${card.summary}` };
}

/** What somebody would know it by: the request it is about, the title they gave it, its flows, or whatever else was typed first. */
function aboutOf({ answers, attempts, seed, at }: DialogState): readonly string[] {
  const request = seed['amends'] ?? seed['request'];
  const attempt = attempts['flows']?.raw ?? (at.kind === 'field' ? at.attempt?.raw : undefined);
  const typed = Object.values(answers).find(({ prefilled, raw }) => !prefilled && raw !== '')?.echo;
  const { title, flows } = answers;
  // A title that was made up says less than the flows it was made of.
  const named = title?.prefilled === false ? title.echo : undefined;
  const said = [named, flows?.echo, attempt, seed['text'], typed];
  const isText = (one: unknown): one is string => typeof one === 'string' && one.trim() !== '';
  return [request, said.find(isText)].filter(isText);
}
