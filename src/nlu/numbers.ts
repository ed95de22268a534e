import type { PortRange } from '../domain/service.ts';
import { isKey, type Lexeme } from './lexeme.ts';

/** The ports a text speaks of; `invalid` is the first number said to be a port that can't be one. */
export type PortsRead = { readonly ports: readonly PortRange[]; readonly invalid: string | null; readonly marked: boolean };

/** Below this a bare number is taken for a count, unless it is called a port. */
const smallestBarePort = 20;

export function readPorts(lexemes: readonly Lexeme[]): PortsRead {
  const ports: PortRange[] = [];
  let invalid: string | null = null;
  let marked = false;
  const calls = calledPorts(lexemes);
  for (let at = 0; at < lexemes.length; at++) {
    const lexeme = lexemes[at];
    if (lexeme?.kind !== 'number') continue;
    const called = lexeme.marked || calls[at] === true;
    if (!called && isCount(lexemes, at)) continue;
    const through = joinedByBetween(lexemes, at);
    const first = lexeme.first;
    const last = lexeme.last ?? through ?? first;
    if (through !== null) at += 2;
    marked ||= called;
    const [from, to] = [Number(first), Number(last)];
    if (!called && first === last && from > 0 && from < smallestBarePort) continue;
    if (isPort(from) && isPort(to) && from <= to) ports.push({ from, to });
    else invalid ??= first === last ? withoutZeros(first) : `${first}-${last}`;
  }
  return { ports: distinct(ports), invalid, marked };
}

const isPort = (number: number): boolean => number >= 1 && number <= 65535;
const withoutZeros = (digits: string): string => digits.replace(/^(-?)0+(?=\d)/, '$1');

/** Which lexemes are numbers called ports: "port 5061", "5061/tcp", 端口 5061, 5061 端口; in a list one word calls them all. */
function calledPorts(lexemes: readonly Lexeme[]): readonly boolean[] {
  const called = lexemes.map(() => false);
  const sweep = (positions: readonly number[], backward: boolean) => {
    let calling = false;
    for (const at of positions) {
      const lexeme = lexemes[at];
      if (lexeme?.kind === 'number') called[at] ||= calling && !(backward && isCounting(lexemes, at));
      else if (lexeme?.kind === 'transport' || isKey(lexeme, 'port')) calling = true;
      else if (lexeme?.kind !== 'comma' && !isKey(lexeme, 'and') && !(!backward && isKey(lexeme, 'between', 'from'))) calling = false;
    }
  };
  const forward = [...lexemes.keys()];
  sweep(forward, false);
  sweep(forward.toReversed(), true);
  return called;
}

/** "3 ports" counts them, "port 3" and "443 ports" name them. */
function isCounting(lexemes: readonly Lexeme[], at: number): boolean {
  const lexeme = lexemes[at];
  return isKey(lexemes[at + 1], 'port') && lexeme?.kind === 'number' && Number(lexeme.first) < smallestBarePort;
}

/** Numbers of products, years, addresses and amounts: "Lync 2013", "2 directors", "3rd". */
function isCount(lexemes: readonly Lexeme[], at: number): boolean {
  const before = lexemes[at - 1];
  const after = lexemes[at + 1];
  const lexeme = lexemes[at];
  if (lexeme === undefined) return false;
  const touchesBefore = before?.to === lexeme.from;
  const touchesAfter = after?.from === lexeme.to;
  if (before?.kind === 'topology' || isKey(before, 'product')) return true;
  if (before?.kind === 'unknown' && touchesBefore && !before.han) return true;
  if (after?.kind === 'unknown' && touchesAfter && !after.han) return true;
  if ((isKey(before, 'count') || before?.kind === 'unknown') && !touchesAfter && isYearOrSmall(lexeme)) return true;
  return isKey(after, 'count', 'product') || after?.kind === 'topology';
}

function isYearOrSmall(lexeme: Lexeme): boolean {
  if (lexeme.kind !== 'number') return false;
  const number = Number(lexeme.first);
  return number < smallestBarePort || (number >= 2000 && number <= 2030);
}

/** "between 50001 and 50003" is one range. */
function joinedByBetween(lexemes: readonly Lexeme[], at: number): string | null {
  const [opening, joint, end] = [lexemes[at - 1], lexemes[at + 1], lexemes[at + 2]];
  const opened = isKey(opening, 'between') || (isKey(opening, 'port') && isKey(lexemes[at - 2], 'between'));
  return opened && isKey(joint, 'and') && end?.kind === 'number' && end.last === null ? end.first : null;
}

function distinct(ports: readonly PortRange[]): readonly PortRange[] {
  return [...new Map(ports.map((port) => [`${port.from}-${port.to}`, port])).values()];
}
