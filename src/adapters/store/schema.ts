import type { Generated } from 'kysely';

/** The tables, the same on both databases. Documents are JSON in text columns; times are `Instant`s, so text order is time order. */
export type Schema = {
  /** `document` is the canonical JSON of the whole request; the other columns are for finding it. */
  request: { id: string; number: number; version: number; state: string; requester: string; document: string };
  draft: {
    id: string;
    person: string;
    conversation_key: string | null;
    conversation: string | null;
    state: string;
    updated_at: string;
    revision: number;
  };
  receipt: { key: string; reply: string; at: string };
  /**
   * `seq` grows in the order of the commits. `status` is pending, delivered or abandoned. While `claimed_until` is to come, one
   * process alone tries; past, it never said how that ended.
   */
  outbox: {
    seq: Generated<number>;
    id: string;
    platform: string;
    conversation_key: string;
    conversation: string;
    content: string;
    status: string;
    attempts: number;
    due_at: string;
    created_at: string;
    reason: string | null;
    claimed_until: string | null;
    request: string | null;
  };
  /** `reader` is empty for everyone's copy, so that it can be part of the key. */
  posted_card: { request: string; reader: string; conversation_key: string; message: string; message_id: string };
  board_message: {
    seq: Generated<number>;
    id: string;
    key: string;
    conversation_id: string;
    conversation: string;
    author: string | null;
    seen_by: string | null;
    content: string;
    at: string;
    edited_at: string | null;
  };
  /** `ref` follows from subject and salt, so that no two can change places. */
  pseudonym: { subject: string; ref: string; salt: Uint8Array };
  audit_entry: { idx: number; bytes: Uint8Array; leaf: Uint8Array };
  /** Complete subtrees of two leaves and more. */
  audit_node: { level: number; i: number; hash: Uint8Array };
  /** The values behind the commitments of an entry, as canonical JSON. Rows may be deleted: erasure. */
  audit_personal: { idx: number; name: string; salt: Uint8Array; value: string };
  /** `note` is the signed checkpoint over the first `size` entries. */
  audit_checkpoint: { size: number; note: string };
  /** What each account asked last in each conversation, as it was read. */
  last_question: { asker: string; conversation_key: string; intent: string; at: string };
  /** Activities in the order they were received; those of one lane are worked off in it. A done one stays, emptied, to be known. */
  inbox: {
    seq: Generated<number>;
    id: string;
    platform: string;
    lane: string;
    activity: string;
    due_at: string;
    claimed_until: string | null;
    received_at: string;
    done_at: string | null;
  };
  /** `value` is JSON; `key` says whose or which within the kind. */
  setting: { kind: string; key: string; value: string; at: string };
  note: { platform: string; key: string; value: string };
  schema_migration: { name: string; applied_at: string };
};
