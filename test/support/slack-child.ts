// A process of its own that serves Slack until it is killed. It is told everything in one argument, and says where it listens.
import { writeSync } from 'node:fs';
import { z } from 'zod';
import { loadTestKnowledge } from './knowledge.ts';
import { testClock } from './program.ts';
import { startProcess } from './slack-process.ts';

const told = z.object({
  databaseUrl: z.string(),
  api: z.string(),
  approvals: z.string(),
  now: z.string(),
  users: z.record(z.string(), z.string()),
});
const { databaseUrl, api, approvals, now, users } = told.parse(JSON.parse(process.argv[2] ?? ''));
const knowledge = loadTestKnowledge();
const people = knowledge.people.map((person) => {
  const user = users[person.id];
  return user === undefined ? person : { ...person, identities: { slack: user } };
});
const { events } = await startProcess({ databaseUrl, api, approvals, clock: testClock(now), knowledge: { ...knowledge, people } });
writeSync(1, `${events}\n`);
