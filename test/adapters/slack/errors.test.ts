import { webApi } from '@slack/bolt';
import { expect, test } from 'vitest';
import { failureOf } from '../../../src/adapters/slack/errors.ts';

const platform = (error: string, more: object = {}) => new webApi.WebAPIPlatformError({ ok: false, error, ...more });

test.each(['channel_not_found', 'is_archived', 'user_not_found', 'message_not_found', 'cant_update_message', 'msg_blocks_too_long'])(
  '%s: trying again is useless',
  (code) => expect(failureOf(platform(code))).toEqual({ kind: 'gone', reason: code }),
);

test.each(['not_in_channel', 'internal_error', 'service_unavailable', 'ratelimited', 'something_new'])('%s: it is tried again', (code) =>
  expect(failureOf(platform(code))).toEqual({ kind: 'retry', afterMs: null, reason: code, trouble: false }),
);

test.each(['token_revoked', 'invalid_auth', 'account_inactive', 'not_authed'])('%s: it is tried again, and the operator is told', (code) =>
  expect(failureOf(platform(code))).toMatchObject({ kind: 'retry', trouble: true }),
);

test('a missing scope is named', () => {
  expect(failureOf(platform('missing_scope', { needed: 'chat:write' }))).toMatchObject({
    reason: 'missing_scope: chat:write',
    trouble: true,
  });
});

test('a rate limit says how long to wait, and never none', () => {
  expect(failureOf(new webApi.WebAPIRateLimitedError(30))).toMatchObject({ kind: 'retry', afterMs: 30_000 });
  expect(failureOf(new webApi.WebAPIRateLimitedError(0))).toMatchObject({ kind: 'retry', afterMs: 1_000 });
});

test('an outage and a broken connection are tried again, and what a proxy answered is not printed', () => {
  const outage = failureOf(new webApi.WebAPIHTTPError(502, 'Bad Gateway', {}, 'secret page'));
  expect(outage).toMatchObject({ kind: 'retry', reason: 'Slack answered 502' });
  expect(failureOf(new webApi.WebAPIRequestError(new Error('fetch failed')))).toMatchObject({ kind: 'retry', reason: 'fetch failed' });
});
