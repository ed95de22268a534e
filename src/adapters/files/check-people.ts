import type { Problem } from '../../app/ports.ts';
import { accountPlatforms, isAccountId, type PeopleFile } from '../../domain/actor.ts';
import type { ApprovalPolicy } from '../../domain/approval-policy.ts';
import { parsePorts } from '../../domain/parse-service.ts';
import { isTimeZone } from '../../domain/time-zone.ts';
import type { Loaded } from './parse-file.ts';
import { repeats } from './repeats.ts';

/** Topologies that did not read are null: what depends on them is then left unchecked. */
export function checkPeople(file: Loaded<PeopleFile>, topologies: ReadonlySet<string> | null): Problem[] {
  const { people, groups } = file.value;
  const known = new Set(people.map((person) => person.id));
  const taken = (what: string) => (key: string, first: string) => `${what} ${key} already belongs to somebody else, at ${first}`;
  return [
    ...repeats(
      people.map((person, i) => ({ key: person.id, file, path: ['people', i, 'id'] })),
      taken('the id'),
    ),
    ...repeats(
      people.map((person, i) => ({ key: person.email.toLowerCase(), file, path: ['people', i, 'email'] })),
      taken('the e-mail'),
    ),
    ...repeats(
      people.flatMap((person, i) =>
        Object.entries(person.identities).map(([platform, id]) => ({
          key: `${platform} ${id}`,
          file,
          path: ['people', i, 'identities', platform],
        })),
      ),
      taken('the identity'),
    ),
    ...people.flatMap((person, i) =>
      Object.entries(person.identities).flatMap(([platform, id]) => {
        const path = ['people', i, 'identities', platform];
        if (!accountPlatforms.some((one) => one === platform)) {
          return [file.problem(path, `${platform} is not a platform here: use ${accountPlatforms.join(' or ')}`, 'key')];
        }
        return isAccountId(platform, id) ? [] : [file.problem(path, `${id} is not the id of an account: ${wanted[platform] ?? ''}`)];
      }),
    ),
    ...people.flatMap((person, i) =>
      isTimeZone(person.zone)
        ? []
        : [file.problem(['people', i, 'zone'], `${person.zone} is not a time zone: use a name such as Europe/Berlin`)],
    ),
    ...people.flatMap(({ topology }, i) =>
      topology === null || topologies === null || topologies.has(topology)
        ? []
        : [file.problem(['people', i, 'topology'], `${topology} is not a topology of the catalogue`)],
    ),
    ...repeats(
      groups.map((group, i) => ({ key: group.id, file, path: ['groups', i, 'id'] })),
      (id, first) => `the group ${id} is already defined at ${first}`,
    ),
    ...groups.flatMap((group, i) => [
      ...ofOneKind(file, i),
      ...repeats(
        group.members.map((member, at) => ({ key: member, file, path: ['groups', i, 'members', at] })),
        (id, first) => `${id} is already a member, at ${first}`,
      ),
      ...group.members.flatMap((member, at) =>
        known.has(member) ? [] : [file.problem(['groups', i, 'members', at], `${member} is not one of the people`)],
      ),
    ]),
  ];
}

const wanted: Readonly<Record<string, string>> = {
  slack: 'Slack shows it in a profile, under “Copy member ID”, as U0123456789',
  teams: "it is the account's object id in Entra, as 00000000-0000-0000-0000-000000000000",
};

/** A group names its members, or the platform's group that does. */
function ofOneKind(file: Loaded<PeopleFile>, i: number): Problem[] {
  const group = file.value.groups[i];
  if (group === undefined || group.members.length > 0 !== (group.slack_user_group !== undefined)) return [];
  if (group.slack_user_group === undefined)
    return [file.problem(['groups', i], `the group ${group.id} needs members or a slack_user_group`)];
  const what = `the group ${group.id} has members of its own already: leave one of both out`;
  return [file.problem(['groups', i, 'slack_user_group'], what, 'key')];
}

/** `people` is null when their file does not read: what depends on it is then left unchecked. */
export function checkPolicy(file: Loaded<ApprovalPolicy>, people: PeopleFile | null): Problem[] {
  const { stages, windows } = file.value;
  return [
    ...repeats(
      stages.map((stage, i) => ({ key: stage.id, file, path: ['stages', i, 'id'] })),
      (id, first) => `the stage ${id} is already defined at ${first}`,
    ),
    ...repeats(
      windows.map((window, i) => ({ key: window.id, file, path: ['windows', i, 'id'] })),
      (id, first) => `the window ${id} is already defined at ${first}`,
    ),
    ...windows.flatMap((window, i) =>
      isTimeZone(window.zone)
        ? []
        : [file.problem(['windows', i, 'zone'], `${window.zone} is not a time zone: use a name such as Europe/Berlin`)],
    ),
    ...badServices(file),
    ...(people === null ? [] : unmannedStages(file, people)),
  ];
}

function badServices(file: Loaded<ApprovalPolicy>): Problem[] {
  return file.value.risky_services.flatMap(({ service }, i) => {
    if (parsePorts(service.slice(service.indexOf('/') + 1)).ok) return [];
    return [file.problem(['risky_services', i, 'service'], `${service}: ports lie between 1 and 65535, the lower one first`)];
  });
}

function unmannedStages(file: Loaded<ApprovalPolicy>, people: PeopleFile): Problem[] {
  const groups = new Map(people.groups.map((group) => [group.id, group]));
  return file.value.stages.flatMap((stage, i) => {
    const group = groups.get(stage.group);
    if (group === undefined) return [file.problem(['stages', i, 'group'], `${stage.group} is not a group of people.yaml`)];
    if (group.slack_user_group !== undefined) return [];
    const members = new Set(group.members).size;
    if (stage.quorum <= members) return [];
    return [file.problem(['stages', i, 'quorum'], `${stage.quorum} must approve, but ${stage.group} has ${members} members`)];
  });
}
