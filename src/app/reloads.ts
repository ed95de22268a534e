import { peopleWith } from '../domain/authority.ts';
import type { Message } from '../locale.ts';
import { directly } from './audience.ts';
import { configurationEntry } from './audit-drafts.ts';
import type { Commit, Knowledge, Problem } from './ports.ts';
import { directoryOf, messageCard, type Surroundings } from './turn.ts';

/** What is kept of a reload of the files, and what the administrators are told of one that was refused. */
export function reloadCommit(
  knowledge: Knowledge,
  before: Knowledge['versions'],
  problems: readonly Problem[],
  surroundings: Surroundings,
): Commit {
  const first = problems[0];
  const message: Message | null = first
    ? {
        key: 'request.reload.refused',
        params: { place: `${first.file}:${first.line}:${first.column}`, what: first.what, count: problems.length },
      }
    : null;
  const outbox = message
    ? peopleWith(directoryOf(knowledge), 'administer').flatMap((person) =>
        directly(person, surroundings).map((conversation) => ({
          id: surroundings.newId(),
          conversation,
          content: {
            kind: 'card' as const,
            request: null,
            card: messageCard(knowledge.say, person, [message], { tone: 'error' }),
            only: null,
          },
        })),
      )
    : [];
  return { audit: [configurationEntry(knowledge, before, problems)], outbox };
}
