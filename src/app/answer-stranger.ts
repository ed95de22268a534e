import { sayHolders } from './answer-addresses.ts';
import type { Ground } from './answer-ground.ts';
import { caveatsOf } from './answer-remarks.ts';
import { type Said, silent } from './answer-said.ts';
import { destinationsOf, someIds, someNames } from './answer-some.ts';
import type { Voice } from './answer-voice.ts';
import type { Knowledge } from './ports.ts';

/** A role nobody knows, or one that the active topology does not speak of; and what holds for it all the same. */
export function sayStranger({ findings, catalogue, scope, knowledge, elsewhere }: Ground, words: readonly string[], voice: Voice): Said {
  const { near, absent } = findings;
  const topology = voice.topologies(catalogue);
  const addresses = words.filter((word) => scope.located.some(({ address }) => address === word));
  const strange = words.filter((word) => !addresses.includes(word));
  return {
    ...silent,
    remarks: [
      ...sayHolders(scope, voice),
      ...(strange.length === 0 ? [] : [voice.say('answer.unknown', { words: voice.list(strange), topology })]),
      ...(addresses.length === 0 ? [] : [voice.count('answer.address.unknown', addresses.length, { addresses: voice.list(addresses) })]),
      ...meanings(strange, knowledge, voice),
      ...(absent.length === 0 ? [] : [voice.say('answer.unknown.absent', { roles: voice.names(absent), topology })]),
      ...(elsewhere.length === 0
        ? []
        : [
            voice.count('answer.unknown.elsewhere', absent.length, {
              roles: voice.names(absent),
              topologies: voice.list(
                elsewhere.map(({ name }) => voice.text(name)),
                'item',
              ),
            }),
          ]),
    ],
    besides:
      near.length === 0
        ? []
        : [
            voice.say('answer.unknown.any', {
              services: voice.services(near),
              to: someNames(destinationsOf(near), voice),
              rules: someIds(near, voice),
            }),
          ],
    notes: caveatsOf(near, voice),
    citations: voice.citations(near),
  };
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');

function meanings(words: readonly string[], knowledge: Knowledge, voice: Voice): readonly string[] {
  return words.flatMap((word) => {
    const other = knowledge.notRoles.find(({ phrases }) => phrases.some((phrase) => plain(phrase) === plain(word)));
    return other ? [voice.say('answer.unknown.meaning', { words: word, meaning: other.meaning })] : [];
  });
}
