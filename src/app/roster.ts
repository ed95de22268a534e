import type { Person } from '../domain/actor.ts';
import type { Knowledge } from './ports.ts';
import type { Settings } from './ports-settings.ts';

/** The knowledge with everyone's linked accounts. What the people file says of an account goes before a link. */
export function withSettings(knowledge: Knowledge, { links }: Settings): Knowledge {
  return links.length === 0 ? knowledge : { ...knowledge, people: knowledge.people.map((person) => withLinks(person, links)) };
}

function withLinks(person: Person, links: Settings['links']): Person {
  const own = links.filter((link) => link.person === person.id).map(({ platform, account }) => [platform, account]);
  return own.length === 0 ? person : { ...person, identities: { ...Object.fromEntries(own), ...person.identities } };
}
