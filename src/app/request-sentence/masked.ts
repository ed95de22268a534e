import { cleanText } from '../../dialog/clean-text.ts';
import { simplify } from '../../nlu/traditional.ts';

/** A text, and the same in simplified characters with what has been taken out of it blanked, place for place. */
export type Masked = { readonly plain: string; readonly open: string };

/** Stands where something was taken out. Nothing typed contains it. */
export const gone = '\uE000';

/** In one form of width and on one line; lines become sentences. */
export function masked(text: string): Masked {
  const plain = cleanText(text)
    .text.normalize('NFKC')
    .replace(/[\uE000-\uF8FF]/g, ' ')
    .replace(/([,;:.。、]?)\s*\n\s*/g, (_, mark: string) => (mark === '' ? '; ' : `${mark} `))
    .replace(/\s+/g, ' ')
    .trim();
  const open = [...plain].map((character) => sameWidth(character, simplify(character))).join('');
  return { plain, open };
}

const sameWidth = (typed: string, simple: string): string => (simple.length === typed.length ? simple : typed);

export type Piece = { readonly from: number; readonly to: number };

export function take({ plain, open }: Masked, { from, to }: Piece): Masked {
  return { plain, open: open.slice(0, from) + gone.repeat(to - from) + open.slice(to) };
}

/** The first place of the open text where a pattern matches and something can be made of it; that is then taken out. */
export function takeOut<T>(
  text: Masked,
  pattern: RegExp,
  read: (match: RegExpExecArray) => { readonly found: T; readonly piece: Piece } | null,
  attempts = 4,
): { readonly found: T; readonly text: Masked } | null {
  const all = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
  for (let tried = 0; tried < attempts; tried += 1) {
    const match = all.exec(text.open);
    if (match === null) return null;
    const hit = read(match);
    if (hit !== null) return { found: hit.found, text: take(text, hit.piece) };
    all.lastIndex = match.index + Math.max(1, match[0].length > 0 ? 1 : 0);
  }
  return null;
}

/** What was typed where a group of a match stands. */
export function typed({ plain }: Masked, match: RegExpExecArray, group: string): string {
  const at = match.index + match[0].indexOf(group);
  return plain.slice(at, at + group.length);
}

/** All of a match. */
export function whole(match: RegExpExecArray): Piece {
  return { from: match.index, to: match.index + match[0].length };
}
