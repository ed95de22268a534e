import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseVkey } from '../../src/audit/note.ts';
import { provesEntry } from '../../src/audit/tlog-proof.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

let started: TestProgram;
let recorder: Recorder;
const seat = (who: string) => new Seat(started, recorder, who);
beforeEach(async () => {
  started = await startProgram();
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(() => started.close());

async function submitted(): Promise<Seat> {
  const engineer = seat('engineer');
  await askAndFillIn(engineer);
  await engineer.press('Submit');
  return engineer;
}

const seal = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return started.store.sealAudit(() => ({ current: privateKey, previous: null, newOrigin: () => 'portclerk.test/log' }));
};

describe('the timeline of a request', () => {
  it('tells who did what, refusals with their reason, in the reader’s own zone and language', async () => {
    const engineer = await submitted();
    await engineer.say('approve FCR-1');
    started.clock.set('2026-11-23T12:30:00.000Z');
    await seat('approver').say('approve FCR-1 fine by me');
    await engineer.say('timeline FCR-1');
    const rows = engineer.said().split('\n');
    const line = (part: string) => rows.find((row) => row.includes(part));
    expect(line('submitted')).toBe('Monday 23 November 2026 10:00 | Erin Vogt | submitted');
    expect(line('refused')).toContain('Erin Vogt | approved: refused (their own request)');
    expect(line('fine by me')).toBe('Monday 23 November 2026 13:30 | Ada Marin | approved: “fine by me”');
    expect(line('shown')).toContain('portclerk | shown in the approvals channel, shown to Erin Vogt');
    expect(engineer.said()).toContain('Times in Europe/Berlin.');
    const admin = seat('admin');
    await admin.say('FCR-1 的时间线');
    expect(admin.said()).toContain('2026年11月23日 星期一 20:30 | Ada Marin | 批准：“fine by me”');
    expect(admin.said()).toContain('Asia/Shanghai');
  });

  it.each(['history of FCR-1', 'show me the timeline of fcr-1', 'FCR-1 timeline?', 'FCR-1的历史', '時間線 FCR-1'])(
    'is asked for as “%s”',
    async (text) => {
      const engineer = await submitted();
      await engineer.say(text);
      expect(engineer.replies[0]?.title).toContain('FCR-1');
      expect(engineer.said()).toMatch(/submitted/);
    },
  );

  it('opens from the Details card', async () => {
    const engineer = await submitted();
    await engineer.press('Details');
    await engineer.press('Timeline');
    expect(engineer.said()).toContain('| submitted');
  });

  it('is shown to people of the directory alone, and asked for in a dialog it leaves the dialog where it is', async () => {
    const engineer = await submitted();
    const stranger = seat('stranger');
    await stranger.say('timeline FCR-1');
    expect(stranger.said()).not.toContain('submitted');
    await engineer.say('timeline FCR-99');
    expect(engineer.said()).toContain('There is no request FCR-99');
    await engineer.say('new request');
    await engineer.say('history of FCR-1');
    expect(engineer.said()).toContain('| submitted');
    expect(engineer.said()).toContain('Where?');
  });

  it('shows what somebody typed as they typed it, and that it was erased once it is', async () => {
    const engineer = await submitted();
    await seat('approver').say('approve FCR-1 | <b>{{DATE}}</b> "x"');
    await engineer.say('timeline FCR-1');
    expect(engineer.said()).toContain('approved: “| <b>{{DATE}}</b> "x"”');
    const approver = started.knowledge.current().people.find(({ id }) => id === 'approver');
    if (approver === undefined) throw new Error('no approver');
    await started.store.eraseActors([{ kind: 'person', person: approver.id }]);
    await engineer.say('timeline FCR-1');
    expect(engineer.said()).toContain('| approved: “(erased)”');
    expect(engineer.said()).not.toContain('Ada Marin');
  });
});

describe('the proof of a request', () => {
  const bundle = z.object({
    vkey: z.string(),
    checkpoint: z.string(),
    entries: z.array(z.object({ idx: z.number(), entry: z.string(), proof: z.string() })),
  });

  it('is a text to copy that proves every signed entry with the log’s key alone; giving it out is an entry', async () => {
    const engineer = await submitted();
    const { vkey } = await seal();
    await seat('approver').say('approve FCR-1');
    await engineer.say('proof of FCR-1');
    const copy = engineer.replies[0]?.actions.find(({ kind }) => kind === 'copy');
    if (copy?.kind !== 'copy') throw new Error('nothing to copy');
    const proof = bundle.parse(JSON.parse(copy.text));
    const verifier = parseVkey(vkey);
    if (verifier === null) throw new Error('no key');
    expect(proof.vkey).toBe(vkey);
    expect(proof.entries.length).toBeGreaterThan(3);
    for (const { entry, proof: text } of proof.entries) expect(provesEntry(Buffer.from(entry, 'utf8'), text, verifier)).toBe(true);
    expect(engineer.said()).toMatch(/later entries are not signed yet/);
    await engineer.say('timeline FCR-1');
    expect(engineer.said()).toContain('Erin Vogt | proof given out');
  });

  it('is refused while nothing is signed', async () => {
    const engineer = await submitted();
    await engineer.say('FCR-1 的证明');
    expect(engineer.said()).toContain('Nothing about FCR-1 is signed yet');
  });
});
