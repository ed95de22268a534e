import { toPerson } from '../app/audit-deliveries.ts';
import { operatorEntry } from '../app/audit-drafts.ts';
import type { Knowledge, Store } from '../app/ports.ts';
import type { SettingChange, Settings, SettingsReader } from '../app/ports-settings.ts';
import { visible } from '../chat/visible.ts';
import { accountPlatforms, isAccountId, type Person } from '../domain/actor.ts';
import { AppError } from '../errors.ts';

export type PeopleParts = {
  readonly store: Pick<Store, 'commit'> & SettingsReader;
  readonly knowledge: Pick<Knowledge, 'people'>;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

/** `from`: what says so; a link is of no use where the people file names another account. */
type Account = { readonly platform: string; readonly account: string; readonly from: 'file' | 'link'; readonly in_use: boolean };

/** Prints everyone with their accounts, and links of people who are no longer in people.yaml. */
export async function listPeople({ store, knowledge, json, write }: PeopleParts & { readonly json: boolean }): Promise<0> {
  const { links } = await store.settings();
  const people = knowledge.people.map((person) => {
    const { id, name, email, powers } = person;
    return { id, name, email, powers, accounts: accountsOf(person, knowledge.people, links) };
  });
  const lost = links.filter(({ person }) => !knowledge.people.some(({ id }) => id === person));
  if (json) {
    write(JSON.stringify({ people, links_of_nobody: lost }));
    return 0;
  }
  for (const { id, name, email, accounts } of people) {
    const said = accounts.map(({ platform, account, from, in_use }) => `${platform} ${account} (${from}${in_use ? '' : ', not in use'})`);
    write(visible([id, name, email, ...said].join('  ')));
  }
  for (const { person, platform, account } of lost)
    write(visible(`${person}  not in people.yaml  ${platform} ${account} (link, not in use)`));
  return 0;
}

function accountsOf({ id, identities }: Person, people: readonly Person[], links: Settings['links']): readonly Account[] {
  const isElsewhere = (platform: string, account: string): boolean =>
    people.some((other) => other.id !== id && other.identities[platform] === account) ||
    links.some((link) => link.person !== id && link.platform === platform && link.account === account && isEffective(link, people));
  const filed = Object.entries(identities).map(([platform, account]): Account => {
    return { platform, account, from: 'file', in_use: !isElsewhere(platform, account) };
  });
  const linked = links
    .filter(({ person }) => person === id)
    .map(({ platform, account }): Account => {
      const isUsed = identities[platform] === undefined && !isElsewhere(platform, account);
      return { platform, account, from: 'link', in_use: isUsed };
    });
  return [...filed, ...linked];
}

const isEffective = ({ person, platform }: Settings['links'][number], people: readonly Person[]): boolean =>
  people.some(({ id, identities }) => id === person && identities[platform] === undefined);

export type PeopleOrder = { readonly who: string; readonly platform: string };

/** Makes an account a person's. Returns 0, or 1 after saying why nothing was done. */
export async function linkPerson(
  { who, platform, account }: PeopleOrder & { readonly account: string },
  parts: PeopleParts,
): Promise<0 | 1> {
  const { store, knowledge, write, fail } = parts;
  checkPlatform(platform);
  const person = personNamed(who, parts);
  if (person === null) return 1;
  const { links } = await store.settings();
  const own = person.identities[platform] ?? links.find((link) => link.person === person.id && link.platform === platform)?.account;
  const holder =
    knowledge.people.find(({ identities }) => identities[platform] === account)?.id ??
    links.find((link) => link.platform === platform && link.account === account)?.person;
  const problem = !isAccountId(platform, account)
    ? `${account} is not the id of an account of ${platform}`
    : own !== undefined
      ? `${person.id} has the account ${own} on ${platform} already${own === account ? '' : ': unlink it first'}`
      : holder !== undefined
        ? `${account} on ${platform} is ${holder}'s`
        : null;
  if (problem !== null) {
    fail(visible(problem));
    return 1;
  }
  await commit('account.link', person, platform, [account], [{ kind: 'link', platform, account, value: person.id }], store);
  write(visible(`${account} on ${platform} is ${person.id}'s now`));
  return 0;
}

/** Takes a person's link away. What people.yaml says stays. Returns 0, or 1 after saying why nothing was done. */
export async function unlinkPerson({ who, platform }: PeopleOrder, parts: PeopleParts): Promise<0 | 1> {
  const { store, write, fail } = parts;
  checkPlatform(platform);
  const { links } = await store.settings();
  const person = personNamed(who, parts, links);
  if (person === null) return 1;
  const accounts = links.filter((link) => link.person === person.id && link.platform === platform).map(({ account }) => account);
  if (accounts.length === 0) {
    const filed = person.identities[platform];
    fail(
      visible(
        filed === undefined
          ? `${person.id} has no account on ${platform}`
          : `people.yaml gives ${person.id} the account ${filed}: take it out there`,
      ),
    );
    return 1;
  }
  const changes = accounts.map((account): SettingChange => ({ kind: 'link', platform, account, value: null }));
  await commit('account.unlink', person, platform, accounts, changes, store);
  write(visible(`${accounts.join(', ')} on ${platform} is nobody's now`));
  return 0;
}

function checkPlatform(platform: string): void {
  if (accountPlatforms.some((one) => one === platform)) return;
  throw new AppError('data-invalid', `${visible(platform)} is no platform that people are linked on: use ${accountPlatforms.join(' or ')}`);
}

/** Of somebody who is no longer in people.yaml a link may still stand. */
function personNamed(
  who: string,
  { knowledge, fail }: PeopleParts,
  links: Settings['links'] = [],
): Pick<Person, 'id' | 'identities'> | null {
  const person = knowledge.people.find(({ id, email }) => id === who || email.toLowerCase() === who.toLowerCase());
  if (person !== undefined) return person;
  const lost = links.find((link) => link.person === who);
  if (lost !== undefined) return { id: lost.person, identities: {} };
  fail(`${visible(who)} is neither the id nor the e-mail of anybody in people.yaml`);
  return null;
}

async function commit(
  type: 'account.link' | 'account.unlink',
  { id }: Pick<Person, 'id'>,
  platform: string,
  accounts: readonly string[],
  settings: readonly SettingChange[],
  store: PeopleParts['store'],
): Promise<void> {
  const entry = { ...operatorEntry(type, null, { platform }), personal: toPerson(id, { accounts }) };
  await store.commit({ audit: [entry], settings });
}
