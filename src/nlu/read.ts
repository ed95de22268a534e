import type { Locale } from '../locale.ts';
import { type Folded, fold } from './fold.ts';
import { followUp } from './follow-up.ts';
import type { Intent } from './intent.ts';
import type { Lexeme } from './lexeme.ts';
import { readOpening, readOrder } from './read-order.ts';
import { notUnderstood, questionOf, understand } from './read-question.ts';
import { scan } from './scan.ts';
import { settle } from './settle.ts';
import { respell } from './spelling.ts';
import type { Vocabulary } from './vocabulary.ts';

export type ReadText = { readonly language: Locale; readonly intent: Intent };

/**
 * Reads what a text wants, with the intent read before it in the same conversation, in time linear in its length. Any text may
 * come; what can't be read for sure is not-understood.
 */
export function read(text: string, vocabulary: Vocabulary, previous: Intent | null = null): ReadText {
  const typed = fold(text);
  const found = scan(typed, vocabulary);
  const { folded, lexemes } = respell(typed, found, vocabulary) ?? { folded: typed, lexemes: found };
  const language = languageOf(lexemes, folded.text);
  return { language, intent: intentOf(lexemes, folded, vocabulary, language, previous) };
}

function intentOf(lexemes: readonly Lexeme[], folded: Folded, vocabulary: Vocabulary, language: Locale, previous: Intent | null): Intent {
  const order = readOrder(lexemes, folded);
  if (order !== null) return order;
  const settled = settle(lexemes, folded, vocabulary, language);
  const understood = understand(settled, folded, vocabulary);
  const rules = ruleIds(lexemes);
  const opening = readOpening(lexemes, understood?.tone.question ?? false);
  if (opening !== null && understood !== null) {
    const { reading, invalid } = understood;
    const something = rules.length + reading.from.length + reading.to.length + reading.ports.length + reading.application.length > 0;
    if (invalid !== null) return { kind: 'invalid', what: invalid };
    if (something || understood.tone.subject) return { kind: 'request', remove: opening === 'remove', reading, rules };
  }
  if (rules.length > 0) return { kind: 'rule', rules };
  if (settled.ambiguous !== null) return settled.ambiguous;
  if (previous !== null && understood !== null) {
    const more = followUp(understood, settled.lexemes, previous);
    if (more !== null) return more;
  }
  if (understood === null) return notUnderstood();
  return questionOf(understood);
}

function ruleIds(lexemes: readonly Lexeme[]): readonly string[] {
  return [...new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'rule' ? [lexeme.rule] : [])))];
}

/** The language of the words around the names; where there are none, of the names. */
function languageOf(lexemes: readonly Lexeme[], text: string): Locale {
  const isHan = (at: number) => /\p{Script=Han}/u.test(text.charAt(at));
  const grammar = lexemes.filter((lexeme) => lexeme.kind === 'key' && /\p{L}/u.test(text.charAt(lexeme.from)));
  const chinese = grammar.filter((lexeme) => isHan(lexeme.from)).length;
  if (grammar.length > 0) return chinese * 2 >= grammar.length ? 'zh-CN' : 'en';
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en';
}
