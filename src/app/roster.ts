import type { Group, Person, PersonId } from '../domain/actor.ts';
import type { Instant } from '../domain/instant.ts';
import type { Knowledge } from './ports.ts';
import type { Settings } from './ports-settings.ts';

/** What was read of a platform's group for longer than this ago says nothing of who is in it. */
const believedMs = 15 * 60_000;

/** The last one made of each: what is worked out from a knowledge is kept by it, so the same one has to come back. */
const made = new WeakMap<Knowledge, { readonly from: string; readonly knowledge: Knowledge }>();

/**
 * The knowledge with everyone's linked accounts, and with the members of groups that a platform keeps. For one person the people
 * file goes before a link; an account that it gives to somebody else than a link does is then claimed by both, and nobody's.
 */
export function withSettings(knowledge: Knowledge, { links, groups: read }: Settings, now: Instant): Knowledge {
  const isOutside = knowledge.groups.some(({ slack_user_group }) => slack_user_group !== undefined);
  if (links.length === 0 && !isOutside) return knowledge;
  const believed = read.filter(({ read_at }) => Date.parse(now) - Date.parse(read_at) <= believedMs);
  const from = JSON.stringify([links, believed.map(({ group, accounts }) => [group, accounts])]);
  const earlier = made.get(knowledge);
  if (earlier?.from === from) return earlier.knowledge;
  const people = links.length === 0 ? knowledge.people : knowledge.people.map((person) => withLinks(person, links));
  const groups = knowledge.groups.map((group) => withMembers(group, people, believed));
  const next = { ...knowledge, people, groups };
  made.set(knowledge, { from, knowledge: next });
  return next;
}

function withLinks(person: Person, links: Settings['links']): Person {
  const own = links.filter((link) => link.person === person.id).map(({ platform, account }) => [platform, account]);
  return own.length === 0 ? person : { ...person, identities: { ...Object.fromEntries(own), ...person.identities } };
}

function withMembers(group: Group, people: readonly Person[], believed: Settings['groups']): Group {
  if (group.slack_user_group === undefined) return group;
  const accounts = believed.find((one) => one.group === group.id)?.accounts;
  return accounts === undefined ? { ...group, members: [], unread: true } : { ...group, members: ownersOf(accounts, people) };
}

/** Whose the accounts of Slack are; one that several people claim counts for none of them. */
function ownersOf(accounts: readonly string[], people: readonly Person[]): PersonId[] {
  return accounts.flatMap((account) => {
    const [owner, second] = people.filter(({ identities }) => identities['slack'] === account);
    return owner === undefined || second !== undefined ? [] : [owner.id];
  });
}
