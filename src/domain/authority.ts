import type { Group, Person, PersonId, Power } from './actor.ts';
import type { ApprovalPolicy, Stage } from './approval-policy.ts';
import type { ChangeRequest } from './change-request.ts';

/** Who is who, as far as deciding goes. */
export type Directory = { readonly people: readonly Person[]; readonly groups: readonly Group[]; readonly policy: ApprovalPolicy };

export function personById(directory: Directory, id: PersonId): Person | null {
  return directory.people.find((person) => person.id === id) ?? null;
}

export function hasPower(directory: Directory, id: PersonId, power: Power): boolean {
  return personById(directory, id)?.powers.includes(power) ?? false;
}

export function peopleWith(directory: Directory, power: Power): readonly Person[] {
  return directory.people.filter((person) => person.powers.includes(power));
}

export function membersOf(directory: Directory, stage: Stage): readonly PersonId[] {
  return directory.groups.find((group) => group.id === stage.group)?.members ?? [];
}

/** Whether nobody can tell now who is in the stage's group. */
export function isUnread(directory: Directory, stage: Stage): boolean {
  return directory.groups.some((group) => group.id === stage.group && group.unread === true);
}

/** The requester, and whoever they act for. */
export function isParty(request: ChangeRequest, person: PersonId): boolean {
  return request.content.requester === person || request.content.on_behalf_of === person;
}

/** Approvals of a stage that count: one a person, on the content as it stands, by somebody still in the group and no party to it. */
export function countingApprovals(directory: Directory, request: ChangeRequest, stage: Stage): readonly PersonId[] {
  const members = membersOf(directory, stage);
  const people = request.approvals
    .filter((approval) => approval.stage === stage.id && approval.content_hash === request.content_hash)
    .map((approval) => approval.by)
    .filter((person) => members.includes(person) && !isParty(request, person));
  return [...new Set(people)];
}

/** The first stage that still lacks approvals, as an index; null when all are complete. */
export function openStage(directory: Directory, request: ChangeRequest): number | null {
  const index = directory.policy.stages.findIndex((stage) => countingApprovals(directory, request, stage).length < stage.quorum);
  return index < 0 ? null : index;
}

/** The stage that decides now, by the policy in force: it may have changed since the request got here. */
export function currentStage(directory: Directory, request: ChangeRequest): Stage | null {
  if (request.state !== 'in-approval') return null;
  const { stages } = directory.policy;
  return stages[openStage(directory, request) ?? stages.length - 1] ?? null;
}

/** Who may decide now: the current stage's group without parties and without those who have approved already. */
export function eligibleApprovers(directory: Directory, request: ChangeRequest): readonly PersonId[] {
  const stage = currentStage(directory, request);
  if (!stage) return [];
  const decided = new Set(request.approvals.map((approval) => approval.by));
  return membersOf(directory, stage).filter((person) => !isParty(request, person) && !decided.has(person));
}
