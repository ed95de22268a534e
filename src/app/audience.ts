import type { Conversation } from '../chat/activity.ts';
import type { Card } from '../chat/card.ts';
import type { Person, PersonId } from '../domain/actor.ts';
import { isParty, membersOf, peopleWith } from '../domain/authority.ts';
import type { ChangeRequest, RequestState } from '../domain/change-request.ts';
import type { Reader } from '../locale.ts';
import { approvalsPlaces, channelReader } from './places.ts';
import type { Knowledge, NewOutboxRow, PostedCard } from './ports.ts';
import { accountOn } from './resolve-actor.ts';
import { directoryOf, type Surroundings, type Turn } from './turn.ts';

export type Addressing = Pick<Surroundings, 'platforms' | 'newId' | 'defaults'> & Pick<Turn, 'settings'>;

/** The conversations with one person alone, on every platform that knows them. */
export function directly(person: Person, { platforms }: Pick<Addressing, 'platforms'>): readonly Conversation[] {
  return platforms.flatMap((platform) => {
    const account = accountOn(platform.id, person);
    const conversation = account === undefined ? null : platform.direct(account);
    return conversation ? [conversation] : [];
  });
}

const awaitingWork: readonly RequestState[] = ['approved', 'scheduled', 'implementing'];

/** Everyone who has a card of this request to themselves: the requester, the approvers so far, and whoever is to implement it. */
function readers(request: ChangeRequest, knowledge: Knowledge): readonly PersonId[] {
  const directory = directoryOf(knowledge);
  const reached = request.stage ?? (request.approvals.length > 0 ? directory.policy.stages.length - 1 : -1);
  const approvers = directory.policy.stages
    .slice(0, reached + 1)
    .flatMap((stage) => membersOf(directory, stage))
    .filter((person) => !isParty(request, person));
  const implementers = awaitingWork.includes(request.state) ? peopleWith(directory, 'implement').map((person) => person.id) : [];
  return [...new Set([request.content.requester, ...approvers, ...implementers])];
}

/** One delivery for each copy of the request's card: those that stand already, and those that are due now. */
export function cardRows(
  request: ChangeRequest,
  knowledge: Knowledge,
  posted: readonly PostedCard[],
  addressing: Addressing,
): readonly NewOutboxRow[] {
  const due = [
    ...approvalsPlaces(addressing.platforms, addressing.settings).map((conversation) => ({ reader: null, conversation })),
    ...readers(request, knowledge).flatMap((reader) => {
      const person = knowledge.people.find(({ id }) => id === reader);
      return person ? directly(person, addressing).map((conversation) => ({ reader, conversation })) : [];
    }),
  ];
  const standing = posted
    .map(({ reader, message }) => ({ reader, conversation: message.conversation }))
    .filter((copy) => isTheirs(copy, knowledge, addressing));
  const copies = new Map([...standing, ...due].map((copy) => [copyKey(copy.reader, copy.conversation), copy]));
  return [...copies.values()].map(({ reader, conversation }) => ({
    id: addressing.newId(),
    conversation,
    content: { kind: 'request-card', request: request.id, reader },
  }));
}

/** Whether a copy is still its reader's: an account that was unlinked, or somebody who left, is told nothing more. */
function isTheirs(
  { reader, conversation }: { readonly reader: PersonId | null; readonly conversation: Conversation },
  knowledge: Knowledge,
  addressing: Addressing,
): boolean {
  if (reader === null || !addressing.platforms.some(({ id }) => id === conversation.platform)) return true;
  const person = knowledge.people.find(({ id }) => id === reader);
  return (
    person !== undefined &&
    directly(person, addressing).some(({ platform, id }) => platform === conversation.platform && id === conversation.id)
  );
}

/** What makes a copy of a request's card one and the same: whose it is, and where it stands. */
export function copyKey(reader: PersonId | null, { platform, id }: Conversation): string {
  return JSON.stringify([reader, platform, id]);
}

/** One message to one person, wherever they are. */
export function tellRows(person: Person, request: ChangeRequest, card: Card, addressing: Addressing): readonly NewOutboxRow[] {
  return directly(person, addressing).map((conversation) => ({
    id: addressing.newId(),
    conversation,
    content: { kind: 'card', request: request.id, card, only: null },
  }));
}

/** One line under the request's card in each approvals channel. */
export function threadRows(request: ChangeRequest, card: (reader: Reader) => Card, addressing: Addressing): readonly NewOutboxRow[] {
  const { platforms, settings, defaults, newId } = addressing;
  return approvalsPlaces(platforms, settings).map((conversation) => ({
    id: newId(),
    conversation,
    content: { kind: 'card', request: request.id, card: card(channelReader(conversation, settings, defaults)), only: null },
  }));
}

/** The pages of everyone who sees the request on one. */
export function homeRows(request: ChangeRequest, knowledge: Knowledge, { platforms, newId }: Addressing): readonly NewOutboxRow[] {
  return readers(request, knowledge).flatMap((reader) => {
    const person = knowledge.people.find(({ id }) => id === reader);
    return platforms.flatMap(({ id: platform, capabilities }) => {
      const account = person === undefined || !capabilities.home ? undefined : accountOn(platform, person);
      if (account === undefined) return [];
      const conversation: Conversation = { platform, id: `home:${account}`, kind: 'direct', thread: null };
      return [{ id: newId(), conversation, content: { kind: 'home' as const, request: null, reader } }];
    });
  });
}
