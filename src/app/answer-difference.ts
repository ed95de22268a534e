import type { Rule } from '../domain/rule.ts';
import type { Difference } from './answer-compare.ts';
import type { Ground } from './answer-ground.ts';
import { caveatsOf } from './answer-remarks.ts';
import { type Said, silent } from './answer-said.ts';
import type { Voice } from './answer-voice.ts';

/** How topologies differ: what one alone has, what the other alone has, what both have but not alike. */
export function sayDifferences({ findings }: Ground, voice: Voice): Said {
  const { intent, reading, differences, rules } = findings;
  const topologies = intent.kind === 'compare' ? intent.topologies : [];
  const about = voice.reading({ ...reading, topologies: [] });
  const isAll =
    reading.from.length + reading.to.length + reading.ports.length + reading.application.length === 0 && reading.transport === null;
  const params = { topologies: voice.names(topologies), reading: about };
  return {
    ...silent,
    head: voice.say(isAll ? 'answer.differ.head' : 'answer.differ.head.of', params),
    remarks: differences.flatMap((difference) => sayDifference(difference, voice)),
    notes: caveatsOf(rules, voice),
    citations: voice.citations(rules),
  };
}

function sayDifference({ first, other, onlyFirst, onlyOther, changed, same }: Difference, voice: Voice): readonly string[] {
  const names = { first: voice.name(first), other: voice.name(other) };
  if (onlyFirst.length + onlyOther.length + changed.length === 0) {
    return [voice.count('answer.differ.none', same, names)];
  }
  const only = (topology: string, rules: readonly Rule[]) =>
    rules.length === 0 ? [] : [voice.say('answer.differ.only', { topology }), ...rules.map((rule) => line(rule, voice))];
  const pairs = changed.map(([one, two]) => voice.say('answer.differ.pair', { first: line(one, voice), other: line(two, voice) }));
  return [
    ...only(names.first, onlyFirst),
    ...only(names.other, onlyOther),
    ...(pairs.length === 0 ? [] : [voice.say('answer.differ.changed', names), ...pairs]),
    voice.count('answer.differ.same', same),
  ];
}

function line(rule: Rule, voice: Voice): string {
  return voice.say('answer.line.ends', {
    ends: voice.endsOf(rule),
    service: voice.service(rule),
    purpose: voice.purpose(rule),
    rule: rule.id,
  });
}
