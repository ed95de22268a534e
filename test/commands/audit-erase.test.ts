import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Knowledge } from '../../src/app/ports.ts';
import { verifyTrail } from '../../src/audit/verify.ts';
import { auditErase } from '../../src/commands/audit-erase.ts';
import { personSchema } from '../../src/domain/actor.ts';
import { temporaryStore } from '../support/store.ts';
import { draftOf, engineer, SetClock, sampleRequest, transition } from '../support/store-samples.ts';

let db: Awaited<ReturnType<typeof temporaryStore>>;
let said: string[];
const slack = { kind: 'account' as const, platform: 'slack', id: 'U1' };
const asks = (actor: ReturnType<typeof draftOf>['actor']) =>
  draftOf(sampleRequest(1), { type: 'question.answer', object: null, actor, personal: { question: 'may I?' } });

beforeEach(async () => {
  said = [];
  db = await temporaryStore(new SetClock());
  await db.store.commit(transition(sampleRequest(1)));
  await db.store.commit({ audit: [asks({ kind: 'person', person: engineer }), asks(slack)] });
});
afterEach(() => db.remove());

const stays = personSchema.parse({
  id: 'engineer',
  name: 'Erin',
  email: 'erin@example.com',
  locale: 'en',
  zone: 'UTC',
  identities: { slack: 'U1' },
});
const erase = (who: string, people: Knowledge['people'] = [], force = false) =>
  auditErase({ who, force, store: db.store, knowledge: { people }, write: (line) => said.push(line), fail: (line) => said.push(line) });
const verdict = () => db.store.readAudit(verifyTrail);

test('tells how much went, and which requests still name the person', async () => {
  expect(await erase('engineer')).toBe(0);
  expect(said).toEqual(['engineer: 1 personal value and the pseudonym erased', 'still named in FCR-1, which the firewall needs']);
  expect(await verdict()).toMatchObject({ verdict: 'intact', redacted: 1 });
});

test('refuses somebody still in people.yaml, unless it is forced: then their accounts go too', async () => {
  expect(await erase('erin@example.com', [stays])).toBe(1);
  expect(said[0]).toMatch(/^engineer is still in people\.yaml: take them out first/);
  expect(await verdict()).toMatchObject({ redacted: 0, entries: 3 });
  expect(await erase('erin@example.com', [stays], true)).toBe(0);
  expect(said[1]).toBe('engineer: 2 personal values and all pseudonyms erased');
});

test('takes an account that never was a person', async () => {
  expect(await erase('account/slack/U1')).toBe(0);
  expect(said).toEqual(['account/slack/U1: 1 personal value and the pseudonym erased']);
});

test.each([
  ['nobody', 'the audit trail knows nothing of nobody'],
  ['account/slack/U9', 'the audit trail knows nothing of account/slack/U9'],
  ['Not An Id', "Not An Id is neither a person's id nor account/PLATFORM/ID"],
  ['\u001b[31m', "␛[31m is neither a person's id nor account/PLATFORM/ID"],
])('says of %j that there is nothing', async (who, line) => {
  expect(await erase(who)).toBe(1);
  expect(said).toEqual([line]);
  expect(await verdict()).toMatchObject({ redacted: 0, entries: 3 });
});
