import type { Knowledge } from './ports.ts';

/** What stands behind `/fcr` or `/ports`. `request`: an id as FCR-12. */
export type Command =
  | { readonly kind: 'list' | 'help' }
  | { readonly kind: 'new'; readonly text: string }
  | { readonly kind: 'show' | 'amend' | 'withdraw'; readonly request: string | null; readonly text: string | null }
  /** Something else: perhaps an order in words. */
  | { readonly kind: 'other'; readonly text: string }
  | { readonly kind: 'ports'; readonly question: string };

const names = ['list', 'show', 'withdraw', 'amend', 'new', 'help'] as const;
type Name = (typeof names)[number];

/** Longer than any order about a request without words of its own. */
const longest = 120;

/** `/fcr show FCR-12`, "fcr list", `/ports edge to director`, and "amend FCR-12" as a whole text. Null for anything else. */
export function readCommand(text: string, words: Knowledge['words']): Command | null {
  const ports = /^\s*[/／]ports(?![\p{L}\d-])/iu.exec(text);
  if (ports !== null) return { kind: 'ports', question: text.slice(ports[0].length).trim() };
  const fcr = /^\s*([/／]?)fcr(?![\p{L}\d_-])/iu.exec(text);
  if (fcr === null) return amendment(text, words);
  const rest = text.slice(fcr[0].length).trim();
  const command = ofWords(rest, words);
  if (command !== null) return command;
  // Without the slash it may be the beginning of any sentence.
  if (fcr[1] === '') return null;
  return rest === '' ? { kind: 'help' } : { kind: 'other', text: rest };
}

/** Whether it is a command that begins a dialog, in whatever of its words. */
export function beginsDialog(text: string, words: Knowledge['words']): boolean {
  const kind = readCommand(text, words)?.kind;
  return kind === 'new' || kind === 'amend';
}

function ofWords(rest: string, words: Knowledge['words']): Command | null {
  const bare = idAtStart(rest);
  if (bare !== null && bare.rest === '') return { kind: 'show', request: bare.id, text: null };
  const { name, end } = nameIn(rest, words) ?? {};
  if (name === undefined) return null;
  const after = rest.slice(end).trim();
  if (name === 'list' || name === 'help') return { kind: name };
  if (name === 'new') return { kind: 'new', text: after };
  const id = idAtStart(after);
  return { kind: name, request: id?.id ?? null, text: id === null || id.rest === '' ? null : id.rest };
}

/** The command that a text begins with, by its longest word. */
function nameIn(text: string, words: Knowledge['words']): { readonly name: Name; readonly end: number } | null {
  const typed = text.toLowerCase();
  const found = names.flatMap((name) =>
    (words.get(`command.fcr.${name}`) ?? [])
      .filter((word) => typed.startsWith(word) && !/^[a-z]/.test(/[a-z]$/.test(word) ? typed.slice(word.length) : ''))
      .map((word) => ({ name, end: word.length })),
  );
  return found.sort((one, other) => other.end - one.end)[0] ?? null;
}

function idAtStart(text: string): { readonly id: string; readonly rest: string } | null {
  const match = /^(?:fcr[-\s]?|#)?(\d{1,9})(?![\p{L}\d])/iu.exec(text.normalize('NFKC'));
  if (match === null) return null;
  const rest = text.slice(match[0].length).replace(/^[\s:,.;：，。；、–—-]+/u, '');
  return { id: `FCR-${Number(match[1])}`, rest: rest.trim() };
}

/** "amend FCR-12", 修改 FCR-12: such a text as a whole alone. */
function amendment(text: string, words: Knowledge['words']): Command | null {
  if (text.length > longest) return null;
  const plain = text
    .replace(/^\s*(?:please|请|請)\s*/i, '')
    .replace(/[\s!.。！]+$/u, '')
    .trim();
  const found = nameIn(plain, words);
  if (found?.name !== 'amend') return null;
  const after = plain.slice(found.end).trim();
  const id = /^fcr-/i.test(after) ? idAtStart(after) : null;
  return id === null || id.rest !== '' ? null : { kind: 'amend', request: id.id, text: null };
}
