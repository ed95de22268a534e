import { parseEndpoint } from '../domain/address.ts';
import type { RuleId } from '../domain/rule.ts';
import type { Intent } from '../nlu/intent.ts';
import { readText } from './answer-question.ts';
import { dialogEnv } from './dialogs.ts';
import { expiryValidator } from './handlers/expiry-validator.ts';
import { findRole } from './handlers/find-role.ts';
import { linesOf } from './handlers/flow-lines.ts';
import { findTable } from './handlers/flow-table.ts';
import { windowValidator } from './handlers/window-validator.ts';
import type { Knowledge } from './ports.ts';
import { orderIn } from './request-sentence/order.ts';
import { readSentence, type Sentence } from './request-sentence/read-sentence.ts';
import type { SaidFlow } from './request-sentence/said-flows.ts';
import type { Turn } from './turn.ts';

/** What somebody wants opened or closed, as far as one message says it. */
export type Wanted = {
  readonly text: string;
  readonly remove: boolean;
  readonly said: Sentence['said'];
  readonly sites: readonly string[];
  readonly rules: readonly RuleId[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly flows: readonly SaidFlow[];
  /** Pasted flows, and how many lines of them there are. */
  readonly lines: string;
  readonly count: number;
  readonly rest: readonly string[];
};

const questions: readonly Intent['kind'][] = ['ports', 'check', 'rule', 'unknown-role', 'compare', 'ambiguous'];
const elsewhere: readonly Intent['kind'][] = ['status', 'decide', 'help', 'greeting', 'rule', 'compare'];

/** The request in a message: a sentence, a table, or lines of flows under a few words. Null where it asks for no change. */
export function wantedIn(text: string, intent: Intent, turn: Turn): Wanted | null {
  return pastedIn(text, turn) ?? sentenceIn(text, intent, turn);
}

function sentenceIn(text: string, intent: Intent, turn: Turn): Wanted | null {
  const isRequest = intent.kind === 'request';
  if (!isRequest && elsewhere.includes(intent.kind)) return null;
  const sentence = sentenceOf(text, turn, ({ remove, asks }) => isRequest || (remove !== null && !asks));
  if (sentence === null) return isRequest ? { ...nothing(text), remove: intent.remove, rest: [text] } : null;
  const something = sentence.rules.length > 0 || sentence.flows.some((flow) => isPlain(flow, turn.knowledge));
  if (!isRequest && !something) return null;
  const remove = sentence.remove ?? (isRequest && intent.remove);
  return { ...nothing(text), ...sentence, remove };
}

/** People talk of opening many things: two of source, destination and service have to be known for what they are. */
function isPlain({ from, to, service }: SaidFlow, knowledge: Knowledge): boolean {
  const isKnown = (ends: readonly string[]) =>
    ends.every((end) => findRole(knowledge, end) !== null || parseEndpoint(end).ok || /\d\.\d|:.*:/.test(end));
  return [service !== '?', isKnown(from), isKnown(to)].filter((one) => one).length >= 2;
}

function sentenceOf(text: string, { knowledge, ...turn }: Turn, isOf?: Parameters<typeof readSentence>[4]): Sentence | null {
  const times = { window: windowValidator(knowledge.policy.windows), expiry: expiryValidator };
  return readSentence(text, knowledge, times, dialogEnv({ ...turn, knowledge }), isOf);
}

/** Flows line by line, with or without a sentence before or after them. */
function pastedIn(text: string, turn: Turn): Wanted | null {
  if (!/[\n;]/.test(text.trim())) return null;
  const pasted = tableIn(text, turn.knowledge) ?? arrowsIn(text);
  if (pasted === null) return null;
  const { around, lines, count, isPlain, comments } = pasted;
  const sentence = around === '' ? null : sentenceOf(around, turn);
  const { intent } = readText(around, turn.knowledge);
  const isOrder = intent.kind === 'request' || (sentence?.remove ?? null) !== null;
  if (!isOrder && (!isPlain || questions.includes(intent.kind) || sentence?.asks === true)) return null;
  const remove = sentence?.remove ?? (intent.kind === 'request' && intent.remove);
  const base = nothing(text);
  if (sentence === null) return { ...base, remove, lines, count, rest: around === '' ? comments : [around, ...comments] };
  const rest = sentence.rules.length + sentence.flows.length > 0 && namesEnds(sentence) ? [around] : sentence.rest;
  const reasons = sentence.said.business_need === undefined ? comments : [];
  return { ...base, said: sentence.said, sites: sentence.sites, remove, lines, count, rest: [...rest, ...reasons] };
}

const namesEnds = ({ rules, flows }: Sentence): boolean =>
  rules.length > 0 || flows.some(({ from, to }) => !from.includes('?') || !to.includes('?'));

type Pasted = {
  readonly around: string;
  readonly lines: string;
  readonly count: number;
  /** It can be nothing but flows to be asked for, even without a word. */
  readonly isPlain: boolean;
  readonly comments: readonly string[];
};

function tableIn(text: string, knowledge: Knowledge): Pasted | null {
  const table = findTable(text, knowledge);
  if (table === null) return null;
  const { heading, rows, before, after } = table;
  const comments = [...new Set(rows.map(({ comment }) => comment).filter((comment) => comment !== ''))];
  return {
    around: [before, after].filter((part) => part !== '').join('\n'),
    lines: [...(heading === null ? [] : [heading]), ...rows.map((row) => row.text)].join('\n'),
    count: rows.length,
    isPlain: true,
    comments: comments.length === 0 ? [] : [comments.join('; ')],
  };
}

const arrow = /->|=>|[→⇒➔⟶]/;

/** "request these: A -> B : 5061/tcp" begins with words of its own. */
function headOf(line: string): readonly [string, string] | null {
  const end = arrow.test(line) ? (orderIn(line)?.end ?? null) : null;
  if (end === null) return null;
  const flow = line.slice(end).replace(/^\s*(?:(?:these|this|the following|flows?|rules?|以下|如下|这些|流量)\s*)*:?\s*/i, '');
  return arrow.test(flow) ? [line.slice(0, end), flow] : null;
}

function arrowsIn(text: string): Pasted | null {
  const typed = text.includes('\n')
    ? text
        .normalize('NFKC')
        .split('\n')
        .filter((line) => line.trim() !== '')
    : linesOf(text);
  const lines = typed.flatMap((line) => headOf(line) ?? [line]);
  const first = lines.findIndex((line) => arrow.test(line));
  const last = lines.findLastIndex((line) => arrow.test(line));
  if (first < 0 || (last === first && lines.length < 2)) return null;
  const flows = lines.slice(first, last + 1);
  const around = [...lines.slice(0, first), ...lines.slice(last + 1)].join('\n');
  const isPlain = flows.length > 1 && flows.every((line) => /\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f]*:/i.test(line));
  return { around, lines: flows.join('\n'), count: flows.length, isPlain, comments: [] };
}

function nothing(text: string): Wanted {
  return { text, remove: false, said: {}, sites: [], rules: [], from: [], to: [], flows: [], lines: '', count: 0, rest: [] };
}
