import { describe, expect, test } from 'vitest';
import { parseEntry } from '../../../../src/audit/entry.ts';
import { verifyTrail } from '../../../../src/audit/verify.ts';
import {
  approver,
  direct,
  draft,
  draftOf,
  engineer,
  heard,
  later,
  reply,
  sampleRequest,
  transition,
} from '../../../support/store-samples.ts';
import type { Fixture } from './fixture.ts';

const verify = ({ store }: Fixture) => store.readAudit(verifyTrail);
const person = (id: typeof engineer) => ({ kind: 'person' as const, person: id });
const asked = (question: string, id = engineer) =>
  draftOf(sampleRequest(1), { type: 'question.answer', object: null, actor: person(id), personal: { question } });

/** All that is kept beside the log, as one text. */
async function kept({ store }: Fixture): Promise<string> {
  return store.readAudit(async (trail) => {
    const values = (await trail.personal(0, 9999)).map(({ value }) => value);
    return [...values, ...(await trail.pseudonyms('', 99)).map(({ subject }) => subject)].join('\n');
  });
}

export function erasureContract(now: () => Fixture): void {
  describe('erasing a person', () => {
    test('takes what they typed and whom their pseudonym stands for, leaves everybody else, and is said in the log', async () => {
      const { store } = now();
      await store.commit({
        ...transition(sampleRequest(1)),
        audit: [draftOf(sampleRequest(1), { actor: person(engineer), personal: { text: 'by me' } })],
      });
      await store.commit({ audit: [asked('what does Müller’s phone need?'), asked('may the approver ask?', approver)] });
      expect(await store.eraseActors([person(engineer)])).toEqual({ values: 2, pseudonyms: 1 });
      expect(await kept(now())).toBe('"may the approver ask?"\nperson/approver');
      const entries = await store.readAudit((trail) => trail.entries(0, 99));
      expect(parseEntry(entries.at(-1)?.bytes ?? new Uint8Array())).toMatchObject({
        type: 'audit.erase',
        actor: { kind: 'system' },
        after: {
          by: 'operator',
          count: 2,
          values: [
            [0, 'text'],
            [1, 'question'],
          ],
          refs: [expect.any(String)],
        },
      });
      expect(await verify(now())).toMatchObject({ verdict: 'intact', redacted: 2, findings: [] });
    });

    test('keeps the requests as they are', async () => {
      const { store } = now();
      await store.commit(transition(sampleRequest(1)));
      const before = await store.request(sampleRequest(1).id);
      await store.eraseActors([person(approver)]);
      expect(await store.request(sampleRequest(1).id)).toEqual(before);
      expect(await verify(now())).toMatchObject({ verdict: 'intact', requests: 1 });
    });

    test('takes more than one entry names', async () => {
      const { store } = now();
      const many = Array.from({ length: 1203 }, (_, k) => asked(`question ${k}`));
      await store.commit({ audit: many });
      expect(await store.eraseActors([person(engineer)])).toEqual({ values: 1203, pseudonyms: 1 });
      expect(await kept(now())).toBe('');
      expect(await verify(now())).toMatchObject({ verdict: 'intact', entries: 1206, redacted: 1203 });
    });

    test('takes the values that say what was shown to them, and an account’s alone when it is one', async () => {
      const { store } = now();
      const shown = (reader: string) =>
        draftOf(sampleRequest(1), { type: 'delivery.post', actor: { kind: 'system' }, personal: { to: { reader } } });
      const account = { kind: 'account' as const, platform: 'slack', id: 'U1' };
      const stranger = draftOf(sampleRequest(1), { type: 'question.answer', actor: account, personal: { question: 'who am I?' } });
      await store.commit({ audit: [shown('engineer'), shown('engineer-2'), stranger] });
      expect(await store.eraseActors([person(engineer)])).toEqual({ values: 1, pseudonyms: 0 });
      expect(await kept(now())).toMatch(/engineer-2/);
      expect(await store.eraseActors([account])).toEqual({ values: 1, pseudonyms: 1 });
      expect(await kept(now())).not.toMatch(/who am I|U1/);
      expect(await verify(now())).toMatchObject({ verdict: 'intact' });
    });

    test('takes the lists of a group’s members that hold their account, and no others', async () => {
      const { store } = now();
      const members = (joined: readonly string[], left: readonly string[]) =>
        draftOf(sampleRequest(1), { type: 'group.members', actor: { kind: 'system' }, personal: { joined: [...joined], left: [...left] } });
      await store.commit({ audit: [members(['U1', 'U12'], []), members([], ['U1']), members(['U12'], [])] });
      const settings = [{ kind: 'link', platform: 'slack', account: 'U1', value: engineer }] as const;
      await store.commit({ audit: [], settings });
      expect(await store.eraseActors([person(engineer)])).toEqual({ values: 4, pseudonyms: 0 });
      expect(await kept(now())).not.toContain('"U1"');
      expect(await kept(now())).toContain('"U12"');
      expect(await verify(now())).toMatchObject({ verdict: 'intact', findings: [] });
    });

    test('takes their drafts, receipts and messages', async () => {
      const { store } = now();
      const receipts = ['activity:web:engineer:1', 'click:engineer:FCR-1:1:approve', 'activity:web:approver:1'].map((key) => ({
        key,
        reply: reply(key),
      }));
      const lastQuestion = (id: string) => ({
        asker: { account: JSON.stringify(['web', null, id]), conversation: direct(`direct:${id}`) },
        intent: { kind: 'help' },
        since: later(-60),
      });
      await store.commit({
        audit: [asked('x')],
        saveDraft: draft({ conversation: direct('direct:engineer') }),
        receipts,
        lastQuestion: lastQuestion('engineer'),
      });
      await store.commit({ audit: [], lastQuestion: lastQuestion('approver') });
      await store.append(
        { conversation: direct('direct:engineer'), author: null, seenBy: null, content: { kind: 'text', text: 'secret' }, at: later(0) },
        'k1',
      );
      await store.eraseActors([person(engineer)]);
      expect(await store.drafts(engineer)).toEqual([]);
      expect(await store.list('direct:engineer', 9)).toEqual([]);
      expect(await store.lastQuestion(lastQuestion('engineer').asker, later(-60))).toBeNull();
      expect(await store.lastQuestion(lastQuestion('approver').asker, later(-60))).toEqual({ kind: 'help' });
      const left = await Promise.all(receipts.map(({ key }) => store.receipt(key)));
      expect(left.map((receipt) => receipt?.key ?? null)).toEqual([null, null, 'activity:web:approver:1']);
    });

    test('takes what belongs to the accounts they linked, and to an account that is named', async () => {
      const { store } = now();
      const account = (id: string) => ({ kind: 'account' as const, platform: 'slack', id });
      const question = (id: string) => ({
        asker: { account: JSON.stringify(['slack', 'T1', id]), conversation: direct(id) },
        intent: { kind: 'help' },
        since: later(-60),
      });
      const everything = async (id: string) => ({
        receipt: (await store.receipt(`activity:slack:${id}:1`)) !== null,
        question: (await store.lastQuestion(question(id).asker, later(-60))) !== null,
        event: (await store.receive(heard('1', { sender: id }), later(9))) === 'known',
        notes: [await store.note('slack', id), await store.note('slack', `home:${id}`)].filter((note) => note !== null).length,
        asked: (await kept(now())).includes(`account/slack/${id}`),
      });
      for (const id of ['U1', 'U2', 'U3']) {
        await store.commit({
          audit: [draftOf(sampleRequest(1), { type: 'question.answer', object: null, actor: account(id) })],
          receipts: [{ key: `activity:slack:${id}:1`, reply: reply() }],
          lastQuestion: question(id),
        });
        await store.receive(heard('1', { sender: id }), later(9));
        await store.putNote('slack', id, { channel: `D${id}` });
        await store.putNote('slack', `home:${id}`, true);
      }
      const code = (person: typeof engineer) => ({ person, platform: 'slack', expires_at: later(10) });
      await store.commit({
        audit: [],
        settings: [
          { kind: 'link', platform: 'slack', account: 'U1', value: engineer },
          { kind: 'link', platform: 'slack', account: 'U2', value: approver },
          { kind: 'link', platform: 'slack', account: 'U3', value: approver },
          { kind: 'code', digest: 'd1', value: code(engineer) },
          { kind: 'code', digest: 'd2', value: code(approver) },
          { kind: 'guess', id: 'g1', value: { platform: 'slack', account: 'U1', at: later(0) } },
          { kind: 'guess', id: 'g2', value: { platform: 'teams', account: 'U1', at: later(0) } },
        ],
      });
      expect(await store.eraseActors([person(engineer)])).toEqual({ values: 1, pseudonyms: 1 });
      const gone = { receipt: false, question: false, event: false, notes: 0, asked: false };
      const there = { receipt: true, question: true, event: true, notes: 2, asked: true };
      expect(await Promise.all(['U1', 'U2', 'U3'].map(everything))).toEqual([gone, there, there]);
      expect(await store.settings()).toMatchObject({
        links: [{ account: 'U2' }, { account: 'U3' }],
        codes: [{ digest: 'd2' }],
        guesses: [{ id: 'g2' }],
      });
      await store.eraseActors([account('U2')]);
      expect([await everything('U2'), await everything('U3')]).toEqual([gone, there]);
      expect((await store.settings()).links).toEqual([{ platform: 'slack', account: 'U3', person: approver }]);
      expect(await verify(now())).toMatchObject({ verdict: 'intact', findings: [] });
    });

    test('of whom nothing is kept says so, and writes nothing', async () => {
      expect(await now().store.eraseActors([person(engineer)])).toEqual({ values: 0, pseudonyms: 0 });
      expect(await now().store.readAudit((trail) => trail.lastIndex())).toBeNull();
    });

    test('gives them another pseudonym when they come back', async () => {
      const { store } = now();
      await store.commit({ audit: [asked('one')] });
      await store.eraseActors([person(engineer)]);
      await store.commit({ audit: [asked('two')] });
      const entries = await store.readAudit((trail) => trail.entries(0, 99));
      const [first, , last] = entries.map(({ bytes }) => parseEntry(bytes)?.actor);
      expect(last).not.toEqual(first);
      expect(await verify(now())).toMatchObject({ verdict: 'intact' });
    });

    test('is the only way for a value to go: not before, nor another one right after', async () => {
      const { store, execute } = now();
      await store.commit({ audit: [asked('mine'), asked('yours', approver)] });
      await expect(execute('delete from audit_personal')).rejects.toThrow(/audit_personal/);
      await store.eraseActors([person(engineer)]);
      await expect(execute('delete from audit_personal where idx = 1')).rejects.toThrow(/audit_personal/);
      expect(await verify(now())).toMatchObject({ verdict: 'intact', redacted: 1 });
    });
  });
}
