import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitment, commitmentOfText } from '../../src/audit/commitment.ts';
import { type AuditEntry, entryBytes, parseEntry } from '../../src/audit/entry.ts';

const entry: AuditEntry = {
  v: 1,
  type: 'request.approve',
  at: '2026-11-20T09:00:00.000Z',
  actor: { kind: 'person', ref: 'q1w2' },
  object: 'FCR-1',
  request_digest: 'a'.repeat(64),
  before: null,
  after: { state: 'approved', version: 2 },
  source_event: 'web:1',
  policy_version: 'sha256:0',
  outcome: 'done',
  commitments: {},
};

describe('an entry', () => {
  test('is kept as canonical JSON and reads back', () => {
    const bytes = entryBytes(entry);
    expect(Buffer.from(bytes).toString()).toMatch(/^\{"actor":\{"kind":"person","ref":"q1w2"\},"after":/);
    expect(parseEntry(bytes)).toEqual(entry);
  });

  test.each([0.5, 2 ** 53, Number.NaN])('takes whole numbers alone, not %d', (number) => {
    expect(() => entryBytes({ ...entry, after: { deep: [{ number }] } })).toThrow(expect.objectContaining({ code: 'not-canonical' }));
  });

  test.each([
    ['other spacing', (text: string) => text.replace(':', ': ')],
    ['a further field', (text: string) => text.replace('{', '{"aaa":1,')],
    ['half of it', (text: string) => text.slice(0, 50)],
    ['bytes that are no UTF-8', () => '\ufffd'],
  ])('is none any more with %s', (_, change) => {
    expect(parseEntry(Buffer.from(change(Buffer.from(entryBytes(entry)).toString()), 'latin1'))).toBeNull();
  });
});

test('a commitment is HMAC-SHA256 over canonical JSON', () => {
  // As OpenSSL computes it over {"a":1,"b":"x"}
  expect(commitment(Buffer.alloc(32), { b: 'x', a: 1 })).toBe('ebc3ce5016944cc2be9ec180c684e81d21844ed75f460c3c751f9fd98e99fcd6');
});

test('a commitment is that of Node’s own HMAC, whatever the salt and the value', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.oneof(fc.string({ unit: 'binary' }), fc.constant('x'.repeat(9000))), (salt, value) => {
      expect(commitmentOfText(salt, value)).toBe(createHmac('sha256', salt).update(value, 'utf8').digest('hex'));
    }),
  );
});
