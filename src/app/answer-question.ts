import type { Locale } from '../locale.ts';
import type { Intent } from '../nlu/intent.ts';
import { type ReadText, read } from '../nlu/read.ts';
import { elsewhereFor } from './answer-elsewhere.ts';
import { findingsOf } from './answer-findings.ts';
import type { Answered } from './answer-ground.ts';
import { catalogueOf, ruleAnywhere, vocabularyOf } from './answer-knowledge.ts';
import { type AskResult, resultOf } from './answer-result.ts';
import { activeBefore, nowhere, type Scope, type ScopeOptions, scopeOf, settled } from './answer-scope.ts';
import type { Knowledge } from './ports.ts';

/** `previous`: what was asked before in the same conversation, as it was read. */
export type AskOptions = ScopeOptions & { readonly previous?: Intent | null };

/** What a text wants, with its roles as the active topology speaks of them. */
export function readText(text: string, knowledge: Knowledge, options: AskOptions = {}): ReadText {
  const { language, findings } = findAnswer(text, knowledge, options);
  return { language, intent: findings.intent };
}

export function findAnswer(question: string, knowledge: Knowledge, options: AskOptions = {}): Answered {
  const { language, intent } = read(question, vocabularyOf(knowledge, activeBefore(options)), options.previous ?? null);
  return answerIntent(question, language, intent, knowledge, options);
}

function answerIntent(question: string, language: Locale, intent: Intent, knowledge: Knowledge, options: AskOptions): Answered {
  const scope = scopeFor(intent, knowledge, options);
  const catalogue = catalogueOf(knowledge, scope.topologies);
  const meant = settled(intent, scope);
  const found = findingsOf(meant, catalogue);
  // A rule's id is unique: it is answered wherever it stands.
  const others = found.missing.flatMap((id) => ruleAnywhere(knowledge, id) ?? []);
  const missing = found.missing.filter((id) => !others.some(({ rule }) => rule.id === id));
  const findings = others.length === 0 ? found : { ...found, missing, rules: [...found.rules, ...others] };
  const elsewhere = elsewhereFor(meant, found.absent, knowledge);
  const questions = intent.kind === 'several' ? intent.questions : [];
  const parts = questions.map((part) => answerIntent(part.text, language, part.intent, knowledge, options));
  return { question, language, intent, findings, catalogue, scope, knowledge, elsewhere, parts };
}

function scopeFor(intent: Intent, knowledge: Knowledge, options: AskOptions): Scope {
  if (intent.kind === 'compare') return { ...nowhere, topologies: intent.topologies };
  if ('reading' in intent) return scopeOf(intent.reading, knowledge, options);
  return { ...nowhere, topologies: activeBefore(options) };
}

export function answerQuestion(question: string, knowledge: Knowledge, options: AskOptions = {}): AskResult {
  return resultOf(findAnswer(question, knowledge, options));
}
