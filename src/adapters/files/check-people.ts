import type { Problem } from '../../app/ports.ts';
import type { PeopleFile } from '../../domain/actor.ts';
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
    const members = new Set(group.members).size;
    if (stage.quorum <= members) return [];
    return [file.problem(['stages', i, 'quorum'], `${stage.quorum} must approve, but ${stage.group} has ${members} members`)];
  });
}
