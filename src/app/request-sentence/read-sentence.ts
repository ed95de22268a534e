import type { DialogEnv, Validator } from '../../dialog/handlers.ts';
import type { JsonObject } from '../../locale.ts';
import { catalogueOf } from '../answer-knowledge.ts';
import { findRole } from '../handlers/find-role.ts';
import type { Knowledge } from '../ports.ts';
import { behalfIn, siteIn, ticketIn, urgencyIn } from './clauses.ts';
import { masked } from './masked.ts';
import { asks, orderIn } from './order.ts';
import { purposeIn, reasonIn } from './reasons.ts';
import { flowsIn, type SaidFlows } from './said-flows.ts';
import { mark } from './services.ts';
import { expiryIn, type ReadTime, windowIn } from './times.ts';

/** What the sentence says to a question of the dialog, in its own words. */
export type SaidField = 'site' | 'business_need' | 'ticket' | 'on_behalf_of' | 'urgency' | 'window' | 'expiry';

/** What an order to open or to close something says. What is not understood is in `rest`. */
export type Sentence = SaidFlows & {
  /** Null where no verb says it. */
  readonly remove: boolean | null;
  readonly asks: boolean;
  readonly said: Readonly<Partial<Record<SaidField, string>>>;
  /** Ids of the sites that are named. */
  readonly sites: readonly string[];
};

/** More than a sentence: longer texts are read for their flows by the lines they have, or not at all. */
export const longestSentence = 2000;

/** Those of the dialog's own readers that a sentence needs. */
export type TimeReaders = { readonly window: Validator; readonly expiry: Validator };

/** `isOf`: whether a sentence of this kind is of use; what else it says is not looked for otherwise. */
export function readSentence(
  text: string,
  knowledge: Knowledge,
  times: TimeReaders,
  env: DialogEnv,
  isOf: (kind: Pick<Sentence, 'remove' | 'asks'>) => boolean = () => true,
): Sentence | null {
  if (text.length > longestSentence) return null;
  const reader = (field: 'window' | 'expiry', values: JsonObject = {}): ReadTime => {
    const context = { dialog: 'request-rule', field, values, seed: {}, options: [], env };
    return (words) => times[field].read(words, context);
  };
  const whole = masked(text);
  const first = orderIn(whole.open);
  const ticket = ticketIn(whole, knowledge);
  const behalf = behalfIn(ticket.text, knowledge.people);
  const urgency = urgencyIn(behalf.text);
  const reason = reasonIn(urgency.text);
  const site = siteIn(reason.text, knowledge);
  const isRemoval = first?.remove ?? false;
  const expiry = isRemoval
    ? { said: null, text: site.text }
    : expiryIn(site.text, reader('expiry'), env.words.get('command.permanent') ?? []);
  const window = windowIn(expiry.text, reader('window'));
  const catalogue = catalogueOf(knowledge, topologiesOf(site.ids, knowledge));
  const flowing = (words: string): boolean => {
    const { rules, flows } = flowsIn(words, knowledge, catalogue);
    return (
      mark(words).meant.size > 0 ||
      findRole(knowledge, words) !== null ||
      rules.length > 0 ||
      flows.some(({ from, to }) => !from.includes('?') && !to.includes('?'))
    );
  };
  const purpose = reason.said === null ? purposeIn(window.text, flowing) : { said: null, text: window.text };
  const { open } = purpose.text;
  const order = orderIn(open);
  const kind = { remove: order?.remove ?? first?.remove ?? null, asks: asks(open.replace(/\uE000+/g, ' ')) };
  if (!isOf(kind)) return null;
  const { start, end } = order ?? { start: 0, end: 0 };
  const before = open.slice(0, start);
  const flows = flowsIn(`${before.replace(/\uE000+/g, ' ')} ; ${open.slice(end).replace(/\uE000+/g, ' ')}`, knowledge, catalogue);
  const said = {
    ...(site.said === null ? {} : { site: site.said }),
    ...field('business_need', reason.said ?? purpose.said),
    ...field('ticket', ticket.said),
    ...field('on_behalf_of', behalf.said),
    ...field('urgency', urgency.said),
    ...field('window', window.said),
    ...field('expiry', expiry.said),
  };
  return { ...flows, ...kind, said, sites: site.ids };
}

function field(name: SaidField, words: string | null): Partial<Record<SaidField, string>> {
  return words === null || words === '' ? {} : { [name]: words };
}

function topologiesOf(ids: readonly string[], { sites }: Knowledge) {
  const topologies = sites.filter(({ id }) => ids.includes(id)).map(({ topology }) => topology);
  return ids.length === 1 ? topologies : [];
}
