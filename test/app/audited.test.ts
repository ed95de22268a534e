import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchKnowledge } from '../../src/adapters/files/watch.ts';
import { knownNames } from '../../src/app/dialog-handlers.ts';
import { type AuditEntry, parseEntry } from '../../src/audit/entry.ts';
import { verifyTrail } from '../../src/audit/verify.ts';
import { readConfig } from '../../src/config.ts';
import { recordStart } from '../../src/main.ts';
import { dirs } from '../support/knowledge.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';
import { askAndFillIn } from '../support/walk.ts';

let ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

async function begun(options: Parameters<typeof startProgram>[0] = {}) {
  const started = await startProgram(options);
  ends.push(() => started.close());
  const recorder = new Recorder();
  started.program.attach(recorder);
  return { started, recorder, seat: (who: string) => new Seat(started, recorder, who) };
}

/** The log, entry by entry. */
async function entriesOf({ store }: TestProgram): Promise<readonly AuditEntry[]> {
  const stored = await store.readAudit((trail) => trail.entries(0, 9999));
  return stored.map(({ bytes }) => parseEntry(bytes)).filter((entry) => entry !== null);
}
const ofType = async (started: TestProgram, type: string) => (await entriesOf(started)).filter((entry) => entry.type === type);

describe('in the audit trail', () => {
  it('stand a draft’s beginning, its end, and what was found when it was submitted', async () => {
    const { started, seat } = await begun();
    const engineer = seat('engineer');
    await engineer.say('new request');
    await engineer.say('cancel');
    await askAndFillIn(engineer);
    await engineer.press('Submit');
    const [opened] = await ofType(started, 'draft.open');
    const [discarded] = await ofType(started, 'draft.discard');
    expect(opened?.after).toMatchObject({ dialog: 'request-rule', request: null });
    expect(discarded?.after?.['draft']).toBe(opened?.after?.['draft']);
    const [submit] = await ofType(started, 'request.submit');
    const { versions } = started.knowledge.current();
    expect(submit).toMatchObject({
      policy_version: versions.policy,
      after: { catalogue_version: versions.catalogue, people: versions.people, sites: versions.sites, dialog: 'request-rule' },
    });
    expect(submit?.after?.['findings']).toContain('info finding.as-catalogue');
    expect(Object.keys(submit?.commitments ?? {})).toEqual(expect.arrayContaining(['content', 'findings']));
  });

  it('stand the first showing of a card to each who sees it, none of its edits, and what could never be delivered', async () => {
    const { started, recorder, seat } = await begun();
    const engineer = seat('engineer');
    await askAndFillIn(engineer);
    await engineer.press('Submit');
    const posted = await ofType(started, 'delivery.post');
    const [submit] = await ofType(started, 'request.submit');
    expect(posted.map(({ after }) => after?.['kind']).sort()).toEqual(['channel', 'direct', 'direct', 'direct']);
    for (const one of posted)
      expect(one).toMatchObject({ object: 'FCR-1', request_digest: submit?.request_digest, actor: { kind: 'system' } });
    await seat('approver').press('Approve');
    expect(recorder.posted[0]?.edits).toBeGreaterThan(0);
    recorder.failing = () => ({ kind: 'gone', reason: 'the channel\u0000 is archived \ud800' });
    await engineer.press('Withdraw');
    const given = await ofType(started, 'delivery.give-up');
    expect(given[0]).toMatchObject({ object: 'FCR-1', outcome: 'failed', after: { what: 'request-card', attempts: 1 } });
    expect(JSON.stringify(await entriesOf(started))).not.toMatch(/archived|direct:/);
    expect(await started.store.readAudit(verifyTrail)).toMatchObject({ verdict: 'intact' });
  });

  it('stands every question with its reading, and neither its words nor an address', async () => {
    const { started, seat } = await begun();
    await seat('engineer').say('may 192.0.2.10 talk to the Director on 5061?');
    const [question] = await ofType(started, 'question.answer');
    expect(question?.after).toMatchObject({ catalogue: started.knowledge.current().versions.catalogue });
    expect(JSON.stringify(question)).not.toContain('192.0.2.10');
    expect(Object.keys(question?.commitments ?? {})).toEqual(['question']);
  });

  it('stands no question where the operator wants none; requests stand there all the same', async () => {
    const { started, seat } = await begun({ auditQuestions: false });
    const engineer = seat('engineer');
    await askAndFillIn(engineer);
    await engineer.press('Submit');
    await seat('auditor').say('which ports from Edge to Director?');
    expect(await ofType(started, 'question.answer')).toEqual([]);
    expect(await ofType(started, 'request.submit')).toHaveLength(1);
  });

  it('stands with which files and settings a process started', async () => {
    const { started } = await begun();
    const config = readConfig({ AUDIT_QUESTIONS: 'off', DATABASE_URL: 'postgres://user:secret@db/x' });
    if (!config.ok) throw new Error('no configuration');
    await recordStart({ ...started, close: async () => undefined }, config.config);
    const [start] = await ofType(started, 'configuration.start');
    expect(start?.after).toMatchObject({
      ...started.knowledge.current().versions,
      settings: { local: true, questions: false, database: 'postgres', platforms: [] },
    });
    expect(JSON.stringify(start)).not.toContain('secret');
  });

  it('stands with a reload what was in force before it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portclerk-audited-'));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(dirs.data, join(folder, 'data'), { recursive: true });
    const watched = watchKnowledge({ data: join(folder, 'data'), dialogs: dirs.dialogs }, knownNames, 3_600_000);
    if (!watched.ok) throw new Error('the copy does not load');
    ends.push(() => watched.source.close());
    const { started } = await begun({ knowledge: watched.source });
    const before = watched.source.current().versions;
    const file = join(folder, 'data', 'people.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: Erin Vogt', 'name: Erin Voigt'));
    watched.source.look();
    watched.source.look();
    // Nobody waits for what is kept of a reload.
    const reload = await vi.waitFor(async () => {
      const [entry] = await ofType(started, 'configuration.reload');
      expect(entry).toBeDefined();
      return entry;
    });
    expect(reload?.before).toEqual(before);
    expect(reload?.after?.['people']).not.toBe(before.people);
  });
});
