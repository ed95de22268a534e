import type { RuleMatch } from '../domain/catalogue.ts';
import type { Gap, Rule } from '../domain/rule.ts';
import type { LocalText } from '../locale.ts';
import type { Line } from './answer-lines.ts';
import { standingsOf } from './answer-lines.ts';
import type { Voice } from './answer-voice.ts';

/** With so few rules every note of the documents is said; with more, only so many notes. */
const fewRules = 2;
const mostNotes = 3;
/** How many rule ids a remark lists before it counts. */
const mostIds = 8;

/** What the documents leave out, seem to get wrong and add about these rules: never to be taken for stated. */
export function remarksOn(lines: readonly Line[], voice: Voice, everyNote: boolean): readonly string[] {
  const rules = lines.map(({ rule }) => rule);
  return [...gapsOf(rules, voice), ...narrowingsOf(rules, voice), ...doubtsOf(rules, voice), ...notesOf(rules, voice, everyNote)];
}

/** What has to be said beside any answer from these topologies. */
export function caveatsOf(matches: readonly RuleMatch[], voice: Voice): readonly string[] {
  const topologies = new Set(matches.flatMap((match) => standingsOf(match).map(({ topology }) => topology)));
  const caveats = new Set([...topologies].flatMap(({ caveat }) => (caveat === null ? [] : [voice.text(caveat)])));
  return [...caveats].map((caveat) => voice.say('answer.note', { note: caveat }));
}

function gapsOf(rules: readonly Rule[], voice: Voice): readonly string[] {
  if (rules.every((rule) => rule.gaps.length === 0)) return [];
  const byGap = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const gap of rule.gaps) {
      const key = gapKey(gap, rule);
      byGap.set(key, [...(byGap.get(key) ?? []), rule]);
    }
  }
  return [...byGap].map(([gap, having]) => {
    const text = voice.say(`answer.gap.${gap}`);
    return having.length === rules.length ? text : voice.say('answer.of-rules', { rules: someIds(having, voice), text });
  });
}

/** A transport may follow from the application where it is not printed. */
function gapKey(gap: Gap, { transport }: Rule): string {
  return gap === 'transport' && transport !== null ? 'transport.follows' : gap;
}

function narrowingsOf(rules: readonly Rule[], voice: Voice): readonly string[] {
  const byText = new Map<string, Rule[]>();
  const add = (key: string, rule: Rule) => byText.set(key, [...(byText.get(key) ?? []), rule]);
  for (const rule of rules) {
    const { source_may_be: source, destination_may_be: destination } = rule;
    if (source.length > 0) add(voice.say('answer.may-be.source', { roles: voice.names(source, 'or') }), rule);
    if (destination.length > 0) add(voice.say('answer.may-be.destination', { roles: voice.names(destination, 'or') }), rule);
  }
  return [...byText].map(([text, having]) => voice.say('answer.of-rules', { rules: someIds(having, voice), text }));
}

function doubtsOf(rules: readonly Rule[], voice: Voice): readonly string[] {
  return grouped(rules, ({ doubt }) => (doubt === null ? [] : [doubt]), voice).map(([text, having]) =>
    voice.say('answer.doubt', { rules: someIds(having, voice), text }),
  );
}

function notesOf(rules: readonly Rule[], voice: Voice, everyNote: boolean): readonly string[] {
  const notes = grouped(rules, (rule) => rule.notes, voice);
  if (everyNote || rules.length <= fewRules) return notes.map(([note]) => voice.say('answer.note', { note }));
  return notes.slice(0, mostNotes).map(([note, having]) => voice.say('answer.note.of', { rules: someIds(having, voice), note }));
}

function grouped(
  rules: readonly Rule[],
  textsOf: (rule: Rule) => readonly LocalText[],
  voice: Voice,
): readonly (readonly [string, readonly Rule[]])[] {
  const byText = new Map<string, Rule[]>();
  for (const rule of rules) for (const text of textsOf(rule)) byText.set(voice.text(text), [...(byText.get(voice.text(text)) ?? []), rule]);
  return [...byText];
}

function someIds(rules: readonly Rule[], voice: Voice): string {
  const ids = rules.slice(0, mostIds).map(({ id }) => id);
  return rules.length > ids.length
    ? voice.say('answer.and-more', { first: ids.join(', '), count: rules.length - ids.length })
    : ids.join(', ');
}
