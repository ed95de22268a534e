import type { Transport } from '../domain/service.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { isPadding } from './scan.ts';

/** More questions than anybody asks at once. */
const most = 12;

/** The most pieces a clause is looked through for its question word. */
const longest = 40;

type Part = readonly Lexeme[];

/** The sentences of a text; one where there is no more. */
export function sentencesOf(lexemes: readonly Lexeme[]): readonly Part[] {
  return cut(lexemes, (at) => lexemes[at - 1]?.kind === 'stop' && lexemes[at]?.kind !== 'stop');
}

/** A sentence cut where "and" or a comma is followed by the beginning of another question. */
export function clausesOf(lexemes: readonly Lexeme[]): readonly Part[] {
  return cut(lexemes, (at) => joins(lexemes[at - 1]) && beginsQuestion(lexemes, at));
}

/** A sentence cut where "and" or a comma is followed by another pair of roles. */
export function pairsOf(lexemes: readonly Lexeme[]): readonly Part[] {
  return cut(lexemes, (at) => joins(lexemes[at - 1]));
}

function cut(lexemes: readonly Lexeme[], begins: (at: number) => boolean): readonly Part[] {
  const parts: Lexeme[][] = [];
  lexemes.forEach((lexeme, at) => {
    const last = parts.at(-1);
    if (last === undefined || (begins(at) && last.some((each) => each.kind !== 'stop' && each.kind !== 'comma'))) parts.push([lexeme]);
    else last.push(lexeme);
  });
  return parts.length > most ? [lexemes] : parts;
}

const joins = (lexeme: Lexeme | undefined): boolean => lexeme?.kind === 'comma' || isKey(lexeme, 'and');

function beginsQuestion(lexemes: readonly Lexeme[], at: number): boolean {
  const head = lexemes
    .slice(at, at + 6)
    .find((lexeme) => !isPadding(lexeme) && !(isKey(lexeme, 'and', 'follow') && !isKey(lexeme, 'wh', 'tell')));
  const rest = lexemes.slice(at, at + longest);
  const end = rest.findIndex((lexeme) => joins(lexeme) || lexeme.kind === 'stop');
  const clause = end < 0 ? rest : rest.slice(0, end);
  return isKey(head, 'wh', 'who', 'tell', 'aux', 'why', 'quantity') || clause.some((lexeme) => isKey(lexeme, 'wh', 'who', 'yesno'));
}

/** A text that gives some ports one transport and others another, once for each transport; one where it does not. */
export function byTransport(lexemes: readonly Lexeme[]): readonly Part[] {
  const transports = [...new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'transport' ? [lexeme.transport] : [])))];
  if (transports.length < 2) return [lexemes];
  const given = transportsGiven(lexemes);
  return transports.map((transport) => {
    const stays = (lexeme: Lexeme | undefined, at: number): boolean => {
      if (lexeme?.kind === 'transport') return lexeme.transport === transport;
      return lexeme?.kind !== 'number' || (given[at] ?? new Set([transport])).has(transport);
    };
    return lexemes.filter(
      (lexeme, at) => stays(lexeme, at) && !(joins(lexeme) && (!stays(lexemes[at - 1], at - 1) || !stays(lexemes[at + 1], at + 1))),
    );
  });
}

/** Whether some port of a text has a transport that another has not. */
export function mixesTransports(lexemes: readonly Lexeme[]): boolean {
  const given = transportsGiven(lexemes).filter((set) => set !== undefined);
  return given.some((set) => given.some((other) => [...set].some((transport) => !other.has(transport))));
}

function transportsGiven(lexemes: readonly Lexeme[]): readonly (ReadonlySet<Transport> | undefined)[] {
  let current: Set<Transport> | undefined;
  return lexemes.map((lexeme, at) => {
    const [after, then] = [lexemes[at + 1], lexemes[at + 2]];
    if (lexeme.kind === 'transport') {
      const listed = joins(lexemes[at - 1]) && lexemes[at - 2]?.kind === 'transport';
      current = new Set([...(listed ? (current ?? []) : []), lexeme.transport]);
    } else if (lexeme.kind === 'number') {
      const slash = after?.kind === 'comma' && after.from === lexeme.to && then?.kind === 'transport' ? then : null;
      const own = after?.kind === 'transport' ? after : slash;
      return own ? new Set([own.transport]) : current;
    }
    return undefined;
  });
}
