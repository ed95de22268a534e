import { type Folded, typedText } from './fold.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { isPadding } from './scan.ts';

/** Who stands at an end: a role's id, or an address. */
export type End = string;

export type Slot = 'from' | 'to';

/** What of a text matters to who talks to whom. `weak`: gives way to a marker that says it better. */
export type Mark =
  | { readonly kind: 'end'; readonly end: End }
  /** Words that stand where a role should. `loose`: they may be one, if the text names no other. */
  | { readonly kind: 'words'; readonly words: string; readonly loose: boolean }
  | { readonly kind: 'marker'; readonly slot: Slot; readonly weak: boolean }
  | { readonly kind: 'link' }
  | { readonly kind: 'upon' }
  /** The end that what came before stands at. */
  | { readonly kind: 'named'; readonly slot: Slot }
  /** Ends what a marker may mark. `asks`: it asks for the marker's end, as in "talks to whom" and "talks to?". */
  | { readonly kind: 'pause'; readonly asks: boolean };

/** Leaves of a text's pieces the roles, what marks them, and what separates them. */
export function layTape(lexemes: readonly Lexeme[], folded: Folded): readonly Mark[] {
  const pieces = lexemes.filter((lexeme) => !isPadding(lexeme));
  const tape: Mark[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    if (piece === undefined) break;
    if (piece.kind === 'unknown') {
      const end = runEnd(pieces, at);
      const words = typedText(folded, piece.from, (pieces[end] ?? piece).to);
      const place = placeOf(pieces, at, end);
      if (place !== 'aside') tape.push({ kind: 'words', words, loose: place === 'loose' });
      at = end;
    } else {
      const mark = markOf(pieces, at, piece, folded);
      if (mark) tape.push(mark);
    }
  }
  return tape;
}

function markOf(pieces: readonly Lexeme[], at: number, piece: Lexeme, folded: Folded): Mark | null {
  switch (piece.kind) {
    case 'role':
      return piece.anyone && !standsForAnEnd(pieces, at) && !ownsWhatFollows(pieces, at, folded) ? null : { kind: 'end', end: piece.role };
    case 'address':
      return { kind: 'end', end: piece.address };
    case 'not-role':
      return { kind: 'words', words: typedText(folded, piece.from, piece.to), loose: false };
    case 'comma':
      return { kind: 'link' };
    case 'stop':
      return { kind: 'pause', asks: true };
    case 'key':
      return markerOf(pieces, at) ?? keyMark(piece);
    default:
      return null;
  }
}

function keyMark(piece: Lexeme): Mark | null {
  if (isKey(piece, 'and')) return { kind: 'link' };
  if (isKey(piece, 'as-source')) return { kind: 'named', slot: 'from' };
  if (isKey(piece, 'as-target')) return { kind: 'named', slot: 'to' };
  if (isKey(piece, 'upon')) return { kind: 'upon' };
  if (isKey(piece, 'who', 'wh')) return { kind: 'pause', asks: true };
  if (isKey(piece, 'port', 'subject', 'between', 'both', 'inbound', 'outbound')) return null;
  return { kind: 'pause', asks: false };
}

function markerOf(pieces: readonly Lexeme[], at: number): Extract<Mark, { kind: 'marker' }> | null {
  const piece = pieces[at];
  const marker = (slot: Slot, weak = false) => ({ kind: 'marker', slot, weak }) as const;
  if (isKey(piece, 'from')) return marker('from');
  if (isKey(piece, 'to')) return toMarker(pieces, at);
  if (isKey(piece, 'reach')) return marker('to');
  if (isKey(piece, 'with')) return talkedBefore(pieces, at) ? marker('to', true) : null;
  if (isKey(piece, 'on')) return marker('to', true);
  if (isKey(piece, 'by') && isKey(pieces[at - 1], 'inbound')) return marker('to');
  if (isKey(piece, 'by')) return talkedBefore(pieces, at) || reachedAfter(pieces, at) ? marker('from') : null;
  if (isKey(piece, 'towards', 'for') && openedAfter(pieces, at)) return marker('from');
  return isKey(piece, 'towards') ? marker('to', true) : null;
}

/** "open to anyone" names a source; "to open" names nothing. */
function toMarker(pieces: readonly Lexeme[], at: number): Extract<Mark, { kind: 'marker' }> | null {
  const [before, after] = [pieces[at - 1], pieces[at + 1]];
  if (isKey(after, ...verbs)) return null;
  const isOpenToAny = isKey(before, 'open', 'allow') && after?.kind === 'role' && after.anyone;
  return { kind: 'marker', slot: isOpenToAny ? 'from' : 'to', weak: false };
}

/** After "to" these make an infinitive, not a destination. */
const verbs = ['talk', 'need', 'allow', 'open', 'close', 'reach', 'request', 'tell', 'help', 'aux', 'how', 'approve', 'reject'] as const;

function talkedBefore(pieces: readonly Lexeme[], at: number): boolean {
  return isKey(pieces[at - 1], 'talk', 'reach', 'allow') || (isEnd(pieces[at - 1]) && isKey(pieces[at - 2], 'talk', 'reach'));
}

/** 被 X 访问: the verb follows. */
function reachedAfter(pieces: readonly Lexeme[], at: number): boolean {
  return pieces.slice(at + 1, at + 6).some((piece) => isKey(piece, 'reach', 'to'));
}

/** 对 X 开放: the opening follows, with nothing but roles and lists between. */
function openedAfter(pieces: readonly Lexeme[], at: number): boolean {
  for (const piece of pieces.slice(at + 1, at + 8)) {
    if (isKey(piece, 'open')) return true;
    const inBetween =
      isEnd(piece) || piece.kind === 'unknown' || piece.kind === 'comma' || isKey(piece, 'and', 'need', 'wh', 'allow', 'port', 'upon');
    if (!inBetween) return false;
  }
  return false;
}

/** 到任意的 TCP 443: what follows belongs to it. */
function ownsWhatFollows(pieces: readonly Lexeme[], at: number, folded: Folded): boolean {
  const end = pieces[at]?.to;
  return end !== undefined && folded.text.charAt(end) === '的' && markerOf(pieces, at - 1) !== null;
}

/** "any" is an end where it stands for one: "any to director", but not "any port" and not "does any client". */
function standsForAnEnd(pieces: readonly Lexeme[], at: number): boolean {
  const [before, after] = [pieces[at - 1], pieces[at + 1]];
  if (
    after?.kind === 'role' ||
    after?.kind === 'number' ||
    after?.kind === 'topic' ||
    after?.kind === 'transport' ||
    after?.kind === 'unknown'
  )
    return false;
  if (isKey(after, 'as-source', 'as-target')) return true;
  if (isKey(after, 'port', 'subject', 'who', 'wh')) return false;
  if (markerOf(pieces, at - 1) !== null || isKey(before, 'and', 'between')) return true;
  const verb = isKey(after, 'allow', 'aux') ? pieces[at + 2] : after;
  return !isKey(before, 'aux', 'yesno') && isKey(verb, 'to', 'reach', 'both');
}

/** A role or an address. */
export const isEnd = (piece: Lexeme | undefined): boolean => piece?.kind === 'role' || piece?.kind === 'address';

function runEnd(pieces: readonly Lexeme[], at: number): number {
  let end = at;
  while (pieces[end + 1]?.kind === 'unknown') end++;
  return end;
}

/** Whether unknown words stand where a role must ('end'), where one may ('loose'), or anywhere else. */
function placeOf(pieces: readonly Lexeme[], first: number, last: number): 'end' | 'loose' | 'aside' {
  const before = pieces[first - 1];
  // 端 and 侧 may be the end of an unknown word.
  const next = isKey(pieces[last + 1], 'upon') ? last + 2 : last + 1;
  const after = pieces[next];
  if (isEnd(before) || isEnd(after)) return 'aside';
  const marked = markerOf(pieces, first - 1);
  // "to get to the director": a verb.
  if (marked?.slot === 'to' && isKey(after, 'to')) return 'aside';
  if (marked) return marked.weak ? 'loose' : 'end';
  const toFollows = isKey(after, 'to', 'reach') && markerOf(pieces, next) !== null;
  const opens = before === undefined || before.kind === 'stop' || isKey(before, 'aux', 'yesno', 'between');
  if (toFollows && (opens || isKey(before, 'and') || before?.kind === 'comma')) return 'end';
  if (isKey(before, 'and')) return 'end';
  if (isKey(before, 'between') || isKey(after, 'both', 'between')) return 'end';
  if ((opens || isKey(before, 'wh', 'who')) && isKey(after, 'talk', 'allow', 'need', 'port')) return 'loose';
  if (isKey(before, 'need', 'to', 'with', 'by') && after === undefined) return 'loose';
  return 'aside';
}
