import type { HandlerContext, Offer, Prefill, Validator } from '../../dialog/handlers.ts';
import type { Option } from '../../dialog/state.ts';
import type { Knowledge } from '../ports.ts';
import { readSeed } from './seed.ts';

/** Whoever reads the answers to a field; the words said to it are read in the same way. */
export type FieldValidators = ReadonlyMap<string, Validator>;

/** What the sentence that opened a request says to the question asked, understood as its own validator understands it. */
export function saidAnswer(knowledge: Knowledge, validators: FieldValidators): (context: HandlerContext) => Prefill | Offer | null {
  return (context) => {
    const word = readSeed(knowledge, context.seed).said[context.field];
    const validator = validators.get(context.field);
    if (word === undefined || validator === undefined) return null;
    if ('problem' in word) return word;
    if ('value' in word) {
      const problem = validator.recheck?.({ ...word, prefilled: true }, context) ?? null;
      return problem === null ? word : { raw: word.raw, problem, suggestions: [] };
    }
    const verdict = validator.read(word.raw, context);
    if (verdict.kind === 'refused') return { raw: word.raw, problem: verdict.problem, suggestions: verdict.suggestions };
    return { raw: word.raw, value: verdict.value, echo: verdict.echo, notices: verdict.notices };
  };
}

/** As much of a text as a button shows. */
const longestLabel = 75;

/** Words of the sentence that were not understood, as an answer at one press. */
export function unreadWords(knowledge: Knowledge): (context: HandlerContext) => readonly Option[] {
  return ({ seed }) => {
    const value = readSeed(knowledge, seed).rest;
    const characters = [...value.replace(/\s+/g, ' ')];
    if (characters.length === 0) return [];
    return [
      { value, label: characters.length > longestLabel ? `${characters.slice(0, longestLabel - 1).join('')}…` : characters.join('') },
    ];
  };
}
