import type { Transaction } from 'kysely';
import type { AuditDraft, AuditEraser, AuditReader, AuditSealer, Clock, MessageBoard, Store } from '../../app/ports.ts';
import type { Inbox } from '../../app/ports-inbox.ts';
import type { Notes, SettingsReader } from '../../app/ports-settings.ts';
import { instantOf } from '../../domain/instant.ts';
import { appendEntries, emptyEnd, type LogEnd, readEnd } from './audit-log.ts';
import { auditTrail } from './audit-trail.ts';
import { type BacklogReader, backlog } from './backlog.ts';
import { appendMessage, latestMessages, replaceMessage } from './board.ts';
import { commitBatch } from './commit.ts';
import type { Database } from './database.ts';
import { draftById, draftsOf, openDraft } from './drafts.ts';
import { erase } from './erase.ts';
import { claimActivities, forgetDone, keepActivity, putBack } from './inbox.ts';
import { lastQuestion } from './last-questions.ts';
import { migrate } from './migrate.ts';
import { forgetNotes, noteAt, putNote } from './notes.ts';
import { openDatabase } from './open-database.ts';
import { claimRows, endDelivery, giveUp, putOff } from './outbox.ts';
import { postedOf, requestAt } from './posted-cards.ts';
import { findReceipt } from './receipts.ts';
import { nextNumber, requestById, requestsBy } from './requests.ts';
import { hasSpokenIn, undelivered } from './said.ts';
import type { Schema } from './schema.ts';
import { sealLog } from './seal.ts';
import { readSettings } from './settings.ts';

export type OpenStore = Store & MessageBoard & AuditReader & AuditSealer & AuditEraser & Inbox & SettingsReader & Notes & BacklogReader;

/** Whoever sent an event wants to hear within three seconds that it is kept. */
const receivePatienceMs = 1500;

/** Opens a migrated database: `sqlite:path` or `postgres://…`. Throws `AppError('config-invalid')` for any other address. */
export async function openStore(url: string, clock: Clock): Promise<OpenStore> {
  return storeOver(await openDatabase(url), clock);
}

/** Brings the database up to date, making it where it is missing. Returns the names of the steps taken. */
export async function migrateStore(url: string, clock: Clock): Promise<readonly string[]> {
  const database = await openDatabase(url);
  try {
    return await migrate(database, clock);
  } finally {
    await database.close();
  }
}

function storeOver(database: Database, clock: Clock): OpenStore {
  let logEnd = emptyEnd;
  /** The end is known to the next work already, which may be written together with this one; a failure may have undone both. */
  const logging = async <T>(work: (tx: Transaction<Schema>) => Promise<{ readonly result: T; readonly end: LogEnd }>): Promise<T> => {
    try {
      return await database.write(async (tx) => {
        const { result, end } = await work(tx);
        logEnd = end;
        return result;
      });
    } catch (error) {
      logEnd = emptyEnd;
      throw error;
    }
  };
  /** The entries are written only when the work says that it did something. */
  const audited = (audit: readonly AuditDraft[], work: (tx: Transaction<Schema>) => Promise<boolean>): Promise<void> =>
    logging(async (tx) => {
      const isDone = await work(tx);
      if (!isDone || audit.length === 0) return { result: undefined, end: logEnd };
      return { result: undefined, end: await appendEntries(tx, await readEnd(tx, logEnd), audit, null, instantOf(clock.now())) };
    });
  return {
    commit: (batch) => logging((tx) => commitBatch(tx, batch, clock, logEnd)),
    request: (id) => database.run((db) => requestById(db, id)),
    requests: (filter = {}) => database.run((db) => requestsBy(db, filter)),
    nextRequestNumber: () => database.run(nextNumber),
    receipt: (key) => database.run((db) => findReceipt(db, [key])),
    openDraft: (person, conversation) => database.run((db) => openDraft(db, person, conversation)),
    draft: (id) => database.run((db) => draftById(db, id)),
    lastQuestion: (asker, since) => database.run((db) => lastQuestion(db, asker, since)),
    drafts: (person) => database.run((db) => draftsOf(db, person)),
    postedCards: (request) => database.run((db) => postedOf(db, request)),
    claimOutbox: (claim) => claimRows(database, claim),
    delivered: (id, posted, audit = []) => audited(audit, (tx) => endDelivery(tx, id, posted)),
    postpone: (id, dueAt, reason) => database.run((db) => putOff(db, id, dueAt, reason)),
    abandon: (id, reason, audit = []) => audited(audit, (tx) => giveUp(tx, id, reason)),
    undelivered: (request) => database.run((db) => undelivered(db, request)),
    requestAt: (message) => database.run((db) => requestAt(db, message)),
    hasSpokenIn: (conversation) => database.run((db) => hasSpokenIn(db, conversation)),
    async receive(activity, leaseEnds) {
      const isNew = await database.put((db) => keepActivity(db, activity, instantOf(clock.now()), leaseEnds), receivePatienceMs);
      return isNew ? 'new' : 'known';
    },
    claimInbox: (platforms, now, leaseEnds, limit) => claimActivities(database, platforms, now, leaseEnds, limit),
    putBack: (activity, dueAt) => database.run((db) => putBack(db, activity, dueAt)),
    forgetInbox: (before) => database.run((db) => forgetDone(db, before)),
    backlog: () => database.run(backlog),
    settings: () => database.run(readSettings),
    note: (platform, key) => database.run((db) => noteAt(db, platform, key)),
    putNote: (platform, key, value) => database.put((db) => putNote(db, platform, key, value)),
    forgetNotes: (platform, from, before) => database.run((db) => forgetNotes(db, platform, from, before)),
    append: (message, key) => database.run((db) => appendMessage(db, message, key)),
    replace: (id, content, at) => database.run((db) => replaceMessage(db, id, content, at)),
    list: (conversationId, limit) => database.run((db) => latestMessages(db, conversationId, limit)),
    readAudit: (read) => database.snapshot((db) => read(auditTrail(db, database.dialect))),
    sealAudit: (keys) => logging((tx) => sealLog(tx, logEnd, keys, clock)),
    eraseActors: (who) => logging((tx) => erase(tx, logEnd, who, clock, database.dialect)),
    close: () => database.close(),
  };
}
