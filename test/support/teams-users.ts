import type { Knowledge } from '../../src/app/ports.ts';
import { loadTestKnowledge } from './knowledge.ts';
import type { TeamsUser } from './teams-connector.ts';

export const tenant = '3f3d1cea-7a18-41af-872b-cfbbd5140984';
export const appId = '11111111-2222-3333-4444-555555555555';
export const botAccount = { id: `28:${appId}`, name: 'portclerk' };

/** An account of Teams for everybody of the people file, and some who are in none. */
export const users: readonly TeamsUser[] = [
  ...['engineer', 'approver', 'security', 'implementer', 'auditor', 'admin', 'stranger', 'newcomer'].map((name) => user(name)),
  user('guest', { role: 'guest' }),
  user('visitor', { tenant: '99999999-0000-0000-0000-000000000000' }),
  user('uninstalled', { installed: false }),
];

function user(name: string, options: Partial<TeamsUser> = {}): TeamsUser {
  return { aadObjectId: `aad-${name}`, mri: `29:${name}`, name, tenant, role: 'user', installed: true, ...options };
}

export function userOf(name: string): TeamsUser {
  const found = users.find((one) => one.name === name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
}

/** The sample people with their accounts in Teams. */
export function teamsKnowledge(): Knowledge {
  const knowledge = loadTestKnowledge();
  const people = knowledge.people.map((person) => ({ ...person, identities: { ...person.identities, teams: `aad-${person.id}` } }));
  return { ...knowledge, people };
}
