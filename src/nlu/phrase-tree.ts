import type { Meaning } from './lexeme.ts';

/** `gaps`: how many separators its phrase was written with at most. */
type Node = { readonly next: Map<string, Node>; meaning: Meaning | null; length: number; gaps: number };

/** How a phrase was found in a text. `end` is where it ends there, separators and a plural s included. */
export type Found = { readonly meaning: Meaning; readonly end: number };

const separator = /[ \-_']/;
const letter = /[a-z]/;
const digit = /\d/;

/** Phrases by their characters, separators left out, so that "front-end", "Front End" and "frontend" are one. */
export class PhraseTree {
  readonly #root: Node = { next: new Map(), meaning: null, length: 0, gaps: 0 };

  /** The first meaning of a phrase stays; those of one kind are gathered. */
  add(folded: string, meaning: Meaning): void {
    let node = this.#root;
    for (const unit of squeeze(folded)) {
      let next = node.next.get(unit);
      if (next === undefined) {
        next = { next: new Map(), meaning: null, length: node.length + 1, gaps: 0 };
        node.next.set(unit, next);
      }
      node = next;
    }
    if (node === this.#root) return;
    node.gaps = Math.max(node.gaps, folded.trim().match(/[ \-_']/g)?.length ?? 0);
    node.meaning = node.meaning === null ? meaning : merged(node.meaning, meaning);
  }

  /** The longest phrase that begins at `start`. A word's end is looked for where letters or digits end. */
  longest(text: string, start: number, unitAt: (at: number) => string = (at) => text.charAt(at)): Found | null {
    let node = this.#root;
    let best: Found | null = null;
    let skipped = 0;
    for (let at = start; at < text.length; ) {
      const unit = unitAt(at);
      if (separator.test(unit)) {
        if (at === start || !joins(text, at)) break;
        at++;
        skipped++;
        continue;
      }
      const next = node.next.get(unit);
      if (next === undefined) break;
      node = next;
      at++;
      // "the se" is not "these"; but "front end" is "frontend".
      if (node.meaning === null || (node.meaning.kind === 'key' && skipped > node.gaps)) continue;
      const end = wordEnd(text, at);
      if (end !== null && (node.length > 3 || end - start <= node.length + 2)) best = { meaning: node.meaning, end };
    }
    return best;
  }
}

function merged(first: Meaning, more: Meaning): Meaning {
  if (first.kind === 'key' && more.kind === 'key') return { kind: 'key', keys: [...new Set([...first.keys, ...more.keys])] };
  if (first.kind === 'topology' && more.kind === 'topology')
    return { ...first, topologies: [...new Set([...first.topologies, ...more.topologies])] };
  if (first.kind === 'role' && more.kind === 'role' && first.role !== more.role)
    return { ...first, others: [...new Set([...first.others, more.role])] };
  return first;
}

export function squeeze(folded: string): string {
  return folded.replace(/[ \-_']/g, '');
}

/** A separator inside a phrase: up to two of them, but no dash that stands apart. */
function joins(text: string, at: number): boolean {
  if (separator.test(text.charAt(at - 1))) return text.charAt(at - 1) === ' ' && text.charAt(at) === ' ' && text.charAt(at - 2) !== ' ';
  return !(text.charAt(at) === ' ' && /[-_']/.test(text.charAt(at + 1)));
}

/** Where the word ends that so far reaches `at`: there, or after a plural s; null in the middle of a word. */
function wordEnd(text: string, at: number): number | null {
  const before = text.charAt(at - 1);
  const after = text.charAt(at);
  if (digit.test(before)) return digit.test(after) ? null : at;
  if (!letter.test(before)) return at;
  if (after === 's' && !letter.test(text.charAt(at + 1))) return at + 1;
  // "what can't" is not "what can".
  if (after === "'" && text.charAt(at + 1) === 't' && !letter.test(text.charAt(at + 2))) return null;
  if (after === "'" && text.charAt(at + 1) === 's' && !letter.test(text.charAt(at + 2))) return at + 2;
  return letter.test(after) ? null : at;
}
