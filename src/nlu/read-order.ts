import { type Folded, typedText } from './fold.ts';
import type { Key } from './grammar.ts';
import { type Intent, nothingSaid } from './intent.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { isPadding } from './scan.ts';

const decisions = ['take-back', 'approve', 'reject', 'send-back', 'withdraw', 'ask'] as const;
type Decision = (typeof decisions)[number];

/** Orders about requests: decisions, their state, help, a greeting. Null when the text is none of these. */
export function readOrder(lexemes: readonly Lexeme[], folded: Folded): Intent | null {
  const spoken = lexemes.filter((lexeme) => lexeme.kind !== 'comma');
  const about = spoken.find((lexeme) => lexeme.kind === 'request');
  const request = about?.kind === 'request' ? about.request : null;
  const decision = decide(spoken, request, folded);
  if (decision !== null) return decision;
  if (request !== null && readOpening(lexemes, asksAnything(spoken)) === 'remove')
    return { kind: 'request', remove: true, reading: nothingSaid, rules: [] };
  if (request !== null) return { kind: 'status', request };
  const content = spoken.filter((lexeme) => lexeme.kind !== 'stop');
  const only = (keys: readonly Key[], extra: readonly Key[]) =>
    content.some((lexeme) => isKey(lexeme, ...keys)) && content.every((lexeme) => isPadding(lexeme) || isKey(lexeme, ...keys, ...extra));
  if (only(['status'], ['wh', 'tell', 'aux', 'need', 'request', 'allow', 'open', 'who', 'yesno'])) return { kind: 'status', request: null };
  if (only(['mine'], ['request', 'tell', 'wh', 'open']) && content.some((lexeme) => isKey(lexeme, 'request')))
    return { kind: 'status', request: null };
  if (only(['help'], ['aux', 'wh', 'how', 'tell', 'greeting', 'need', 'ask'])) return { kind: 'help' };
  if (only(['how'], ['request', 'open', 'port', 'subject', 'approve', 'aux', 'need', 'tell', 'close', 'reach'])) return { kind: 'help' };
  if (content.length === 0 && spoken.some((lexeme) => lexeme.kind === 'stop' && lexeme.question)) return { kind: 'help' };
  if (only(['greeting'], ['wh', 'help'])) return { kind: 'greeting' };
  return null;
}

/** A decision is only ever read from an order that begins with it, or with the request it is about: never out of a question. */
function decide(spoken: readonly Lexeme[], request: string | null, folded: Folded): Intent | null {
  const first = spoken.findIndex(
    (lexeme) => !isKey(lexeme, 'polite', 'greeting') && !(isPadding(lexeme) && !isKey(lexeme, 'mine') && !decisionOf(lexeme)),
  );
  const head = spoken[first];
  const named = head?.kind === 'request' ? 1 : 0;
  const verb = spoken[first + named];
  const decision = decisionOf(verb);
  if (verb === undefined || decision === null) return null;
  const rest = spoken.slice(first + named + 1);
  const next = rest.find((lexeme) => !isPadding(lexeme));
  if (request === null && !standsAlone(decision, rest)) return null;
  if (isKey(next, 'yesno') || (next?.kind === 'stop' && next.question)) return null;
  const about = rest.findIndex((lexeme) => lexeme.kind === 'request');
  if (
    named === 0 &&
    request !== null &&
    !rest
      .slice(0, about)
      .every((lexeme) => isPadding(lexeme) || isKey(lexeme, 'request', 'subject', 'towards', 'to', 'on', 'approve', 'for'))
  )
    return null;
  const last = rest[about];
  const comment = commentAfter(named === 1 || last === undefined ? verb.to : last.to, folded);
  if (named === 0 && /^[?？]/.test(comment ?? '')) return null;
  return { kind: 'decide', decision, request, comment: comment === '' ? null : comment };
}

const asksAnything = (spoken: readonly Lexeme[]): boolean =>
  spoken.some((lexeme) => isKey(lexeme, 'aux', 'yesno', 'wh', 'who') || (lexeme.kind === 'stop' && lexeme.question));

function decisionOf(lexeme: Lexeme | undefined): Decision | null {
  return decisions.find((decision) => isKey(lexeme, decision)) ?? null;
}

/** Without a request's id only the bare word is an order; "ask" is too common a word for that. */
function standsAlone(decision: Decision, rest: readonly Lexeme[]): boolean {
  if (decision === 'ask') return false;
  return rest.every((lexeme) => isPadding(lexeme) || lexeme.kind === 'stop' || isKey(lexeme, 'request', 'approve'));
}

function commentAfter(at: number, folded: Folded): string {
  return typedText(folded, at, folded.text.length)
    .replace(/^[\s:,.;\-–—：，。；、]+/u, '')
    .replace(/^了(?=$|[\s，。,])[\s，。,]*/u, '')
    .trim();
}

/** What an order to open or to close something begins with; null where it is a question or something else. */
export function readOpening(lexemes: readonly Lexeme[], question: boolean): 'add' | 'remove' | null {
  const content = lexemes.filter((lexeme) => lexeme.kind !== 'comma' && lexeme.kind !== 'stop');
  const first = content.findIndex(
    (lexeme) => !isKey(lexeme, 'polite', 'greeting') && !(isPadding(lexeme) && !isKey(lexeme, 'request', 'open', 'close')),
  );
  const head = content[first];
  const polite = content.slice(0, first).some((lexeme) => isKey(lexeme, 'polite'));
  const asks = content.some((lexeme) => isKey(lexeme, 'wh', 'who', 'how', 'why', 'quantity', 'yesno', 'break')) || (question && !polite);
  if (asks) return null;
  if (isKey(head, 'close')) return 'remove';
  if (isKey(head, 'request')) return 'add';
  if (isKey(head, 'open') && !isAdjective(content, first)) return 'add';
  const anywhere = content.find((lexeme) => isKey(lexeme, 'request', 'close', 'open'));
  if (anywhere === undefined || content.some((lexeme) => isKey(lexeme, 'aux'))) return null;
  if (isKey(anywhere, 'request')) return 'add';
  return polite || isKey(head, 'need') ? (isKey(anywhere, 'close') ? 'remove' : 'add') : null;
}

/** "open ports from edge to director" asks for a list; "open port 5061" and "open the ports" do not. */
function isAdjective(content: readonly Lexeme[], at: number): boolean {
  return isKey(content[at + 1], 'port') && content[at + 2]?.kind !== 'number';
}
