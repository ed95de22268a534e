import { type Folded, fold, substitute, typedText } from './fold.ts';
import type { Lexeme } from './lexeme.ts';
import { scan } from './scan.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Real words that lie a letter or two from a role's name: never taken for one. Words of the vocabulary and the grammar need no entry. */
const realWords = new Set(
  `directory directories direction directive directed directing directs directness directorate directorship detector detectors
  ejector vector sector rector erector projector edged edger edgy egged eggs hedge ledge wedge badge sedge fudge judge budget eden
  front fronts frost frond frown afront affront fronted pond poll polls pole poles pull pulls poor fool tool tools cool pools spool
  ended ending wend mend lend bend rend send sender seller sewer severe sever served serves service services serve serving survey
  clint clients cling agent silent clean cliff climb external eternal interval internals internet intern interned
  proxies poxy roxy proxying reversed reverses reversal reserve reserved reverie revert verse user users used usher
  stuff stiff stark start stand office officer officers offices offline official staffed
  network networks notepad nothing laptops desktops workstations browser browse browsed brother brown compute computed computing
  commuter compute remote domain domains join joint joined local exchange exchanges outlook sharepoint teams locale locals area areas lane land lens employer employers
  employed employ access reach react roles rolls rule rules rude pile file files hard ward card load loads loaded board broad
  balance balanced balances balancing virtual visual ritual virtue machine machines marine link line lines lice like live lists
  server serverless windows window widows world word words work works skype type side site sites size inside insider insiders
  corporation corporations cooperate corporal internally interfaces interfere directx proxied`.split(/\s+/),
);

/** Puts right the unknown words that can only be a misspelt role name, and cuts the text anew; null where there is none. */
export function respell(
  folded: Folded,
  lexemes: readonly Lexeme[],
  vocabulary: Vocabulary,
): { folded: Folded; lexemes: readonly Lexeme[] } | null {
  const changes = lexemes.flatMap((lexeme) => {
    if (lexeme.kind !== 'unknown' || lexeme.han || isQuoted(folded.text, lexeme)) return [];
    const word = closest(folded.text.slice(lexeme.from, lexeme.to), vocabulary);
    return word === null ? [] : [{ from: lexeme.from, to: lexeme.to, word }];
  });
  if (changes.length === 0) return null;
  const mended = substitute(folded, changes);
  const marked = scan(mended, vocabulary).map((lexeme) => (isAsTyped(mended, lexeme) ? lexeme : { ...lexeme, corrected: true }));
  return { folded: mended, lexemes: marked };
}

/** What stands in quotation marks is meant as it is. */
export function isQuoted(text: string, { from }: Pick<Lexeme, 'from'>): boolean {
  return /["“”„«「『]/.test(text.charAt(from - 1));
}

function isAsTyped(mended: Folded, { from, to }: Lexeme): boolean {
  return fold(typedText(mended, from, to)).text === mended.text.slice(from, to);
}

/** The one name word within reach of a typed one: one slip up to 7 letters, two beyond; null when none or several are nearest. */
function closest(typed: string, { nameWords }: Vocabulary): string | null {
  if (typed.length < 4 || typed.length > 40 || !/^[a-z]+$/.test(typed) || realWords.has(typed)) return null;
  const reach = typed.length >= 8 ? 2 : 1;
  let best: string | null = null;
  let least = reach + 1;
  for (let length = typed.length - reach; length <= typed.length + reach; length++) {
    for (const word of nameWords.get(length) ?? []) {
      if (!sameStart(typed, word)) continue;
      const slips = distance(typed, word, reach);
      if (slips < least) [best, least] = [word, slips];
      else if (slips === least && slips <= reach && best !== word) best = null;
    }
  }
  return best;
}

/** A slip in the first letter changes a word too much, unless it changed places with the second. */
function sameStart(typed: string, word: string): boolean {
  return typed[0] === word[0] || (typed[0] === word[1] && typed[1] === word[0]);
}

/** Insertions, deletions, exchanges and neighbours swapped (optimal string alignment), no further than `bound` + 1. */
function distance(a: string, b: string, bound: number): number {
  let older: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min((above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, (older[column - 2] ?? 0) + 1);
      current.push(best);
    }
    if (Math.min(...current) > bound) return bound + 1;
    older = above;
    above = current;
  }
  return above[b.length] ?? bound + 1;
}
