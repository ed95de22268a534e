import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Knowledge } from '../../src/app/ports.ts';
import type { Group } from '../../src/domain/actor.ts';
import { loadTestKnowledge } from './knowledge.ts';
import type { TestProgram } from './program.ts';

/** The repository's own people, with accounts: person, then platform, then account. */
export function withAccounts(accounts: Readonly<Record<string, Readonly<Record<string, string>>>>): Knowledge {
  const knowledge = loadTestKnowledge();
  const people = knowledge.people.map((person) => ({ ...person, identities: { ...accounts[person.id] } }));
  return { ...knowledge, people };
}

/** Its network approvers are whoever is in a user group of Slack. */
export function withUserGroup(knowledge: Knowledge, id: string): Knowledge {
  const groups = knowledge.groups.map(
    (group): Group => (group.id === 'network-approvers' ? { ...group, members: [], slack_user_group: id } : group),
  );
  return { ...knowledge, groups };
}

export const trueSalt = (): string => randomBytes(32).toString('base64');

const entrySchema = z.object({
  type: z.string(),
  outcome: z.string(),
  actor: z.object({ kind: z.string() }),
  before: z.record(z.string(), z.json()).nullable(),
  after: z.record(z.string(), z.json()).nullable(),
});

/** The audit entries whose type begins so, in order, each with its personal values. */
export async function entriesOf({ store }: TestProgram, type: string) {
  return store.readAudit(async (trail) => {
    const entries = (await trail.entries(0, 10_000)).map(({ idx, bytes }) => ({
      idx,
      ...entrySchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))),
    }));
    const wanted = entries.filter((entry) => entry.type.startsWith(type));
    const told = [];
    for (const { idx, ...entry } of wanted) {
      const personal = await trail.personal(idx, idx + 1);
      told.push({ ...entry, personal: Object.fromEntries(personal.map(({ name, value }) => [name, JSON.parse(value)])) });
    }
    return told;
  });
}

/** Each as `type by outcome`, a refusal with its reason. */
export async function trailOf(started: TestProgram, type: string): Promise<readonly string[]> {
  return (await entriesOf(started, type)).map(({ type: name, actor, outcome, after }) => {
    return `${name} by ${actor.kind} ${outcome === 'refused' ? `refused: ${String(after?.['refusal'])}` : outcome}`;
  });
}
