import { webApi } from '@slack/bolt';

/**
 * What a failed call means for what it was to do. `gone`: trying again is useless. `trouble`: nothing will work until the
 * operator mends it.
 */
export type Failure =
  | { readonly kind: 'retry'; readonly afterMs: number | null; readonly reason: string; readonly trouble: boolean }
  | { readonly kind: 'gone'; readonly reason: string };

/** The place, the person or the message is no more, or Slack will never take this payload. */
const gone: ReadonlySet<string> = new Set([
  'as_user_not_supported',
  'block_mismatch',
  'cannot_dm_bot',
  'cannot_reply_to_message',
  'cant_update_message',
  'channel_is_limited_access',
  'channel_not_found',
  'channel_type_not_supported',
  'duplicate_external_id',
  'edit_window_closed',
  'expired_trigger_id',
  'exchanged_trigger_id',
  'hash_conflict',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'invalid_trigger_id',
  'invalid_user_id',
  'is_archived',
  'message_not_found',
  'messages_tab_disabled',
  'metadata_must_be_sent_from_app',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_such_subteam',
  'no_text',
  'not_found',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'thread_not_found',
  'trigger_exchanged',
  'trigger_expired',
  'update_failed',
  'user_disabled',
  'user_is_bot',
  'user_is_restricted',
  'user_not_found',
  'user_not_in_channel',
  'user_not_visible',
  'users_not_found',
  'view_not_found',
  'view_too_large',
]);

/** The token or the installation is wrong: a matter for the operator, after which everything goes on. */
const troubles: ReadonlySet<string> = new Set([
  'access_denied',
  'account_inactive',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
]);

const missing = (error: unknown): string => {
  const needed = error instanceof webApi.WebAPIPlatformError && 'needed' in error.data ? error.data.needed : null;
  return typeof needed === 'string' ? `missing_scope: ${needed}` : 'missing_scope';
};

/** Sorts what the web client throws. The reason is for operators, and holds nothing secret. */
export function failureOf(error: unknown): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'retry', afterMs: Math.max(1, error.retryAfter) * 1000, reason: 'ratelimited', trouble: false };
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: code } = error.data;
    if (gone.has(code)) return { kind: 'gone', reason: code };
    return { kind: 'retry', afterMs: null, reason: code === 'missing_scope' ? missing(error) : code, trouble: troubles.has(code) };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    return { kind: 'retry', afterMs: null, reason: `Slack answered ${error.statusCode}`, trouble: false };
  }
  const fault = error instanceof webApi.WebAPIRequestError ? error.original : error;
  return { kind: 'retry', afterMs: null, reason: saying(fault), trouble: false };
}

/** With its cause: of a network that is not there `fetch` itself says no more than that it failed. */
function saying(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const { cause } = fault;
  if (!(cause instanceof Error)) return fault.message;
  return `${fault.message}: ${'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message}`;
}
