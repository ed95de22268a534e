import type { Locale } from '../locale.ts';
import { type Folded, fold, typedText } from './fold.ts';
import { followUp } from './follow-up.ts';
import type { Intent } from './intent.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { readOpening, readOrder } from './read-order.ts';
import { notUnderstood, pointsBothEnds, questionOf, understand } from './read-question.ts';
import { scan } from './scan.ts';
import { settle } from './settle.ts';
import { byTransport, clausesOf, mixesTransports, pairsOf, sentencesOf } from './several.ts';
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
  return { language, intent: intentOf(lexemes, { folded, vocabulary, language }, previous) };
}

type Surroundings = { readonly folded: Folded; readonly vocabulary: Vocabulary; readonly language: Locale };

function intentOf(lexemes: readonly Lexeme[], around: Surroundings, previous: Intent | null): Intent {
  const order = readOrder(lexemes, around.folded);
  if (order !== null) return order;
  const whole = readOne(lexemes, around, previous);
  if (whole.intent.kind === 'request') return whole.intent;
  return several(sentencesOf(lexemes), around, previous) ?? inSentence(lexemes, whole, around, previous);
}

/** One sentence may ask several things, or be understood only as several. */
function inSentence(lexemes: readonly Lexeme[], whole: One, around: Surroundings, previous: Intent | null): Intent {
  const { intent, unclear } = whole;
  const clauses = several(clausesOf(lexemes), around, previous);
  if (clauses !== null) return clauses;
  if (unclear) {
    const loosely = [clausesOf, sentencesOf].map((cut) => several(cut(lexemes), around, previous, 'loosely'));
    return several(pairsOf(lexemes), around, previous) ?? loosely.find((one) => one !== null) ?? intent;
  }
  const transports = mixesTransports(lexemes) || intent.kind === 'check' ? byTransport(lexemes) : [];
  if (transports.length < 2 || (intent.kind !== 'check' && intent.kind !== 'ports')) return intent;
  const questions = transports.map((part) => ({ text: textOf(part, around.folded), intent: readOne(part, around, previous).intent }));
  return { kind: 'several', questions };
}

/**
 * The questions of a text's parts, where at least two parts are questions by themselves. `loosely`: where nothing else can be made
 * of the text, each part has to be one, but one of them alone has to be asked as one.
 */
function several(
  parts: readonly (readonly Lexeme[])[],
  around: Surroundings,
  previous: Intent | null,
  how: 'strictly' | 'loosely' = 'strictly',
): Intent | null {
  if (parts.length < 2) return null;
  let before = previous;
  const read = parts.map((part) => {
    const one = readOne(part, around, before);
    const { intent } = one.unclear ? { intent: inSentence(part, one, around, before) } : one;
    if (isQuestion(intent)) before = intent;
    return { text: textOf(part, around.folded), intent, asks: one.asks, directed: one.directed };
  });
  const questions = read.filter(({ intent }) => isQuestion(intent));
  const asking = questions.filter(({ asks }) => asks);
  const standing = questions.filter(({ asks, directed }) => asks || directed);
  const whole = how === 'loosely' && asking.length > 0 && standing.length === parts.filter((part) => !part.every(isJoint)).length;
  const enough = whole || asking.length >= 2 || (asking.length === 0 && standing.length >= 2 && standing.every(({ directed }) => directed));
  if (!enough) return null;
  return {
    kind: 'several',
    questions: standing.flatMap(({ text, intent }) => (intent.kind === 'several' ? intent.questions : [{ text, intent }])),
  };
}

const isQuestion = ({ kind }: Intent): boolean =>
  ['ports', 'check', 'compare', 'several', 'rule', 'unknown-role', 'invalid', 'ambiguous'].includes(kind);

function textOf(part: readonly Lexeme[], folded: Folded): string {
  const spoken = part.filter((_, at) => !part.slice(0, at + 1).every(isJoint) && !part.slice(at).every(isJoint));
  return spoken.reduce((text, { from, to }, at) => {
    const before = spoken[at - 1];
    const gap = before === undefined ? '' : typedApart(folded, before.to, from);
    return `${text}${gap}${typedText(folded, from, to)}`;
  }, '');
}

const isJoint = (lexeme: Lexeme): boolean => lexeme.kind === 'comma' || isKey(lexeme, 'and');

/** What was typed between two pieces; a space where more was left out. */
function typedApart(folded: Folded, from: number, to: number): string {
  const between = folded.source.slice(folded.starts[from] ?? 0, folded.starts[to] ?? folded.source.length);
  return from <= to && /^[^\p{L}\d]*$/u.test(between) ? between : ' ';
}

/** `unclear`: more is named than one question can be about. `asks`: it has the form of a question. `directed`: it names both ends. */
type One = { readonly intent: Intent; readonly unclear: boolean; readonly asks: boolean; readonly directed: boolean };

function readOne(lexemes: readonly Lexeme[], { folded, vocabulary, language }: Surroundings, previous: Intent | null): One {
  const settled = settle(lexemes, folded, vocabulary, language);
  const understood = understand(settled, folded, vocabulary);
  const rules = ruleIds(lexemes);
  const asks = rules.length > 0 || (understood?.tone.question ?? true);
  const directed = understood !== null && pointsBothEnds(understood.reading);
  const one = (intent: Intent): One => ({ intent, unclear: understood === null, asks, directed });
  const opening = readOpening(lexemes, understood?.tone.question ?? false);
  if (opening !== null && understood !== null) {
    const { reading, invalid } = understood;
    const something = rules.length + reading.from.length + reading.to.length + reading.ports.length + reading.application.length > 0;
    if (invalid !== null) return one({ kind: 'invalid', what: invalid });
    if (something || understood.tone.subject) return one({ kind: 'request', remove: opening === 'remove', reading, rules });
  }
  if (rules.length > 0) return one({ kind: 'rule', rules });
  if (settled.ambiguous !== null) return one(settled.ambiguous);
  if (understood === null) return one(notUnderstood());
  return one(followUp(understood, settled.lexemes, previous) ?? questionOf(understood));
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
