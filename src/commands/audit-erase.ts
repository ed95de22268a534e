import type { AuditDraft, AuditEraser, Knowledge, Store } from '../app/ports.ts';
import { visible } from '../chat/visible.ts';
import { type Person, personIdSchema } from '../domain/actor.ts';

export type AuditEraseParts = {
  /** A person's id or e-mail, or `account/PLATFORM/ID` for somebody who was never in people.yaml. */
  readonly who: string;
  /** Erase somebody who is still in people.yaml, too. */
  readonly force: boolean;
  readonly store: Pick<Store, 'requests'> & AuditEraser;
  readonly knowledge: Pick<Knowledge, 'people'>;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

/** Erases what the audit trail keeps of a person, and tells what it has to keep. Returns 0, or 1 after saying why nothing was done. */
export async function auditErase({ who, force, store, knowledge, write, fail }: AuditEraseParts): Promise<0 | 1> {
  const person = knowledge.people.find(({ id, email }) => id === who || email === who) ?? null;
  const name = visible(person?.id ?? who);
  if (person !== null && !force) {
    fail(`${name} is still in people.yaml: take them out first, or erase with --force what there is so far`);
    return 1;
  }
  const actors = person === null ? actorOf(who) : actorsOf(person);
  if (actors.length === 0) {
    fail(`${name} is neither a person's id nor account/PLATFORM/ID`);
    return 1;
  }
  const { values, pseudonyms } = await store.eraseActors(actors);
  if (pseudonyms === 0 && values === 0) {
    fail(`the audit trail knows nothing of ${name}`);
    return 1;
  }
  write(
    `${name}: ${values} personal ${values === 1 ? 'value' : 'values'} and ${pseudonyms === 1 ? 'the pseudonym' : 'all pseudonyms'} erased`,
  );
  const id = person?.id ?? who;
  const kept = (await store.requests()).filter(
    ({ content, approvals, remarks }) =>
      content.requester === id || content.on_behalf_of === id || [...approvals, ...remarks].some(({ by }) => by === id),
  );
  if (kept.length > 0) write(`still named in ${kept.map((request) => request.id).join(', ')}, which the firewall needs`);
  return 0;
}

function actorsOf({ id, identities }: Person): readonly AuditDraft['actor'][] {
  const accounts = Object.entries(identities).map(([platform, account]) => ({ kind: 'account' as const, platform, id: account }));
  return [{ kind: 'person', person: id }, ...accounts];
}

function actorOf(who: string): readonly AuditDraft['actor'][] {
  const [, platform, account] = /^account\/([^/]+)\/(.+)$/.exec(who) ?? [];
  if (platform !== undefined && account !== undefined) return [{ kind: 'account', platform, id: account }];
  const id = personIdSchema.safeParse(who);
  return id.success ? [{ kind: 'person', person: id.data }] : [];
}
