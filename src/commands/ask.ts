import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { answerQuestion } from '../app/answer-question.ts';
import type { Knowledge } from '../app/ports.ts';

export type AskParts = {
  readonly question?: string;
  readonly json: boolean;
  /** Ids of topologies, joined by commas: any number of them. */
  readonly topology?: string;
  /** One question a line, read when none is given. */
  readonly input: Readable;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

/** Answers one question, or each line of the input by itself. Returns the exit code. */
export async function askCommand({ question, json, topology, input, write, fail }: AskParts, knowledge: Knowledge): Promise<number> {
  const named = topology === undefined ? [] : topology.split(',').map((id) => id.trim());
  const topologies = knowledge.topologies.map(({ id }) => id).filter((id) => named.some((name) => name === id));
  const unknown = named.find((id) => !topologies.some((known) => known === id));
  if (unknown !== undefined) {
    fail(`there is no topology "${unknown}"; there are ${knowledge.topologies.map(({ id }) => id).join(', ')}`);
    return 1;
  }
  const answer = (text: string) => {
    const result = answerQuestion(text, knowledge, { topologies });
    write(json ? JSON.stringify(result) : result.answer);
  };
  if (question !== undefined) {
    answer(question);
    return 0;
  }
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') answer(line);
  }
  return 0;
}
