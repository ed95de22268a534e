import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ActionData } from '../../src/chat/card.ts';
import { startProgram, type TestProgram } from '../support/program.ts';
import { Recorder, Seat } from '../support/recorder.ts';

let started: TestProgram;
let recorder: Recorder;
const seat = (who: string) => new Seat(started, recorder, who);

beforeEach(async () => {
  started = await startProgram();
  recorder = new Recorder();
  started.program.attach(recorder);
});
afterEach(() => started.close());

const entryType = z.object({ type: z.string() });
async function auditedTypes(): Promise<readonly string[]> {
  const entries = await started.store.readAudit((trail) => trail.entries(0, 1000));
  return entries.map(({ bytes }) => entryType.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).type);
}

const forged: readonly (readonly [string, ActionData])[] = [
  ['request.invented', { request: 'FCR-1', version: 1 }],
  ['request.\ud800', { request: 'FCR-1', version: 1 }],
  ['request.approve', { request: 'FCR-1', version: 'x' }],
  ['anything at all', {}],
  ['request', { rules: ['\ud800', { deep: ['\u0000'] }], '\ud800': 1 }],
  ['dialog.submit', { draft: '\u0000' }],
  ['dialog.choose', { draft: 'none', field: 'constructor', value: '__proto__' }],
  ['ask', { question: 'x'.repeat(20_000) }],
];

describe('a forged click', () => {
  it.each(forged)('%j is answered, and names nothing of its own in the audit trail', async (action, data) => {
    for (const who of ['engineer', 'stranger']) {
      const person = seat(who);
      expect(await person.take(person.click({ kind: 'button', label: '', style: 'default', action, data }))).not.toBe('');
    }
    const known = ['click', 'draft.click', 'draft.open', 'request', 'request.approve', 'question.answer'];
    for (const type of await auditedTypes()) expect(known).toContain(type);
  });
});
