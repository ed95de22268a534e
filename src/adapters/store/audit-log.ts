import { randomBytes } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import type { AuditDraft } from '../../app/ports.ts';
import { commitmentOfText, saltBytes } from '../../audit/commitment.ts';
import { type AuditActor, type AuditEntry, entryBytes, parseEntry, recordName } from '../../audit/entry.ts';
import { append, emptyFrontier, type Frontier, frontierOf, leafHash, peaksOf, sameHash } from '../../audit/tree.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Instant } from '../../domain/instant.ts';
import { AppError } from '../../errors.ts';
import { insertInto, keptText } from './kept-text.ts';
import { pseudonyms, subjectOf } from './pseudonyms.ts';
import type { Schema } from './schema.ts';
import { findAmong, readSubtrees } from './subtrees.ts';

/** The end of the log: the tree so far, the last leaf, and the time of the last entry. */
export type LogEnd = { readonly tree: Frontier; readonly leaf: Uint8Array | null; readonly at: string };

export const emptyEnd: LogEnd = { tree: emptyFrontier, leaf: null, at: '' };

const lastEntry = keptText(
  (db) => db.selectFrom('audit_entry').select(['idx', 'leaf']).orderBy('idx', 'desc').limit(sql.lit(1)),
  () => [],
);
const addEntries = insertInto('audit_entry');
const addNodes = insertInto('audit_node');
const addPersonal = insertInto('audit_personal');

/** The end as it stands under the lock. `known` saves reading the tree when nobody else wrote since. */
export async function readEnd(tx: Transaction<Schema>, known: LogEnd): Promise<LogEnd> {
  const [last] = (await lastEntry(tx)).rows;
  if (last === undefined) return emptyEnd;
  const size = last.idx + 1;
  if (known.tree.size === size && known.leaf !== null && sameHash(known.leaf, last.leaf)) return known;
  const stored = await tx.selectFrom('audit_entry').select('bytes').where('idx', '=', last.idx).executeTakeFirstOrThrow();
  const entry = parseEntry(stored.bytes);
  if (entry === null) throw new AppError('store-corrupt', `audit entry ${last.idx} cannot be read; run "portclerk audit verify"`);
  const find = findAmong(await readSubtrees(tx, peaksOf(size)));
  return { tree: frontierOf(size, find), leaf: last.leaf, at: entry.at };
}

/** The row of a request that moves: `document` is its canonical JSON, `salt` its salt in base64. */
export type MovedRecord = { readonly id: string; readonly salt: string; readonly document: string };

/**
 * Writes the drafts as the next entries and returns the new end. The last draft about the request carries a commitment to its
 * whole row, so that a row changed behind the log's back no longer fits.
 */
export async function appendEntries(
  tx: Transaction<Schema>,
  end: LogEnd,
  drafts: readonly AuditDraft[],
  moved: MovedRecord | null,
  now: Instant,
): Promise<LogEnd> {
  const recordAt = moved === null ? -1 : drafts.findLastIndex((draft) => draft.object === moved.id);
  if (moved !== null && recordAt < 0) throw new AppError('unreachable', `${moved.id} changes without an audit entry about it`);
  if (drafts.length === 0) return end;
  const refs = await pseudonyms(tx, drafts);
  const at = end.at > now ? end.at : now;
  const entries: Schema['audit_entry'][] = [];
  const nodes: Schema['audit_node'][] = [];
  const personal: Schema['audit_personal'][] = [];
  let tree = end.tree;
  let leaf = end.leaf;
  for (const [position, draft] of drafts.entries()) {
    const idx = tree.size;
    if (recordName in draft.personal) throw new AppError('unreachable', `"${recordName}" is the name of the row's commitment`);
    const values = Object.entries(draft.personal).map(([name, value]) => ({
      idx,
      name,
      salt: randomBytes(saltBytes),
      value: canonicalJson(value),
    }));
    const record = moved !== null && position === recordAt ? recordCommitment(moved) : {};
    const commitments = { ...Object.fromEntries(values.map(({ name, salt, value }) => [name, commitmentOfText(salt, value)])), ...record };
    const bytes = entryBytes(entryOf(draft, actorOf(draft, refs), at, commitments));
    leaf = leafHash(bytes);
    const grown = append(tree, leaf);
    tree = grown.tree;
    entries.push({ idx, bytes, leaf });
    nodes.push(...grown.completed);
    personal.push(...values);
  }
  await addEntries(tx, entries);
  await addNodes(tx, nodes);
  await addPersonal(tx, personal);
  return { tree, leaf, at };
}

function recordCommitment({ salt, document }: MovedRecord): Readonly<Record<string, string>> {
  return { [recordName]: commitmentOfText(Buffer.from(salt, 'base64'), document) };
}

function entryOf(draft: AuditDraft, actor: AuditActor, at: string, commitments: Record<string, string>): AuditEntry {
  const { type, object, request_digest, before, after, source_event, policy_version, outcome } = draft;
  return { v: 1, type, at, actor, object, request_digest, before, after, source_event, policy_version, outcome, commitments };
}

function actorOf({ actor }: AuditDraft, refs: ReadonlyMap<string, string>): AuditActor {
  const subject = subjectOf(actor);
  if (actor.kind === 'system' || subject === null) return { kind: 'system' };
  const ref = refs.get(subject);
  if (ref === undefined) throw new AppError('store-corrupt', 'a pseudonym was added and is not there');
  return actor.kind === 'person' ? { kind: 'person', ref } : { kind: 'account', platform: actor.platform, ref };
}
