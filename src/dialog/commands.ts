import type { DialogEnv } from './handlers.ts';
import type { Option } from './state.ts';
import type { DialogInput } from './turn.ts';
import type { Stop } from './walk.ts';

/** Letters as one compares them: whatever the case, the width, the spacing and the punctuation at the end. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\s.!,;:。!,、;:]+$/u, '');
}

/** Longer than any word, label or name a dialog listens for. */
const longest = 200;

export function isWord(key: string, text: string, env: DialogEnv): boolean {
  if (text.length > longest) return false;
  const typed = folded(text);
  return (env.words.get(key) ?? []).some((word) => folded(word) === typed);
}

const commands = ['back', 'cancel', 'keep', 'submit', 'skip'] as const;

/** A typed word of the dialog itself, or null when the text is something else. "Change" counts only with a field that is asked. */
export function command(text: string, stops: readonly Stop[], dialog: string, env: DialogEnv): DialogInput | null {
  if (text.length > longest) return null;
  const kind = commands.find((name) => isWord(`command.${name}`, text, env));
  if (kind === 'cancel' || kind === 'keep') return { kind };
  if (kind !== undefined) return { kind, seen: null };
  if (isWord('command.change', text, env)) return { kind: 'change', field: null };
  const field = fieldToChange(folded(text), stops, dialog, env);
  return field === null ? null : { kind: 'change', field };
}

function fieldToChange(typed: string, stops: readonly Stop[], dialog: string, env: DialogEnv): string | null {
  for (const word of env.words.get('command.change') ?? []) {
    const verb = folded(word);
    if (!typed.startsWith(verb)) continue;
    const rest = typed
      .slice(verb.length)
      .trim()
      .replace(/^(the|my) /, '');
    const stop = stops.find((candidate) => namesOf(candidate, dialog, env).some((name) => folded(name) === rest));
    if (rest !== '' && stop !== undefined) return stop.step.field;
  }
  return null;
}

function namesOf(stop: Stop, dialog: string, env: DialogEnv): readonly string[] {
  const { field } = stop.step;
  const label = env.say({ key: `${dialog}.${field}.label` }, env.reader);
  return [field, field.replaceAll('_', ' '), label.replace(/[??]$/, ''), ...(env.words.get(`command.field.${field}`) ?? [])];
}

/** The option a text means by its label, value or number; `loosely` also by a word or a beginning that no other option has. */
export function matchOption(text: string, options: readonly Option[], loosely: boolean): Option | null {
  const typed = text.length > longest ? '' : folded(text);
  if (typed === '') return null;
  const exact = options.find((option) => folded(option.label) === typed || folded(option.value) === typed);
  if (exact !== undefined) return exact;
  const bare = options.filter((option) => folded(option.label.replace(/\s*[(（][^()（）]*[)）]$/, '')) === typed);
  if (bare.length === 1) return bare[0] ?? null;
  if (/^\d{1,2}$/.test(typed)) return options[Number(typed) - 1] ?? null;
  if (!loosely) return null;
  const byWord = options.filter((option) => folded(option.label).split(' ').includes(typed));
  const found = byWord.length > 0 ? byWord : options.filter((option) => folded(option.label).startsWith(typed));
  return found.length === 1 ? (found[0] ?? null) : null;
}
