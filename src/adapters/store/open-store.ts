import type { Transaction } from 'kysely';
import type { AuditDraft, AuditEraser, AuditReader, AuditSealer, Clock, MessageBoard, Store } from '../../app/ports.ts';
import { instantOf } from '../../domain/instant.ts';
import { appendEntries, emptyEnd, readEnd } from './audit-log.ts';
import { auditTrail } from './audit-trail.ts';
import { appendMessage, latestMessages, replaceMessage } from './board.ts';
import { commitBatch } from './commit.ts';
import type { Database } from './database.ts';
import { draftById, draftsOf, openDraft } from './drafts.ts';
import { erase } from './erase.ts';
import { lastQuestion } from './last-questions.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { dueRows, endDelivery, giveUp, postedOf, putOff } from './outbox.ts';
import { findReceipt } from './receipts.ts';
import { nextNumber, requestById, requestsBy } from './requests.ts';
import type { Schema } from './schema.ts';
import { sealLog } from './seal.ts';

export type OpenStore = Store & MessageBoard & AuditReader & AuditSealer & AuditEraser;

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
  /** The entries are written only when the work says that it did something. */
  const audited = async (audit: readonly AuditDraft[], work: (tx: Transaction<Schema>) => Promise<boolean>): Promise<void> => {
    logEnd = await database.write(async (tx) => {
      const isDone = await work(tx);
      if (!isDone || audit.length === 0) return logEnd;
      return appendEntries(tx, await readEnd(tx, logEnd), audit, null, instantOf(clock.now()));
    });
  };
  return {
    async commit(batch) {
      const { result, end } = await database.write((tx) => commitBatch(tx, batch, clock, logEnd));
      logEnd = end;
      return result;
    },
    request: (id) => database.run((db) => requestById(db, id)),
    requests: (filter = {}) => database.run((db) => requestsBy(db, filter)),
    nextRequestNumber: () => database.run(nextNumber),
    receipt: (key) => database.run((db) => findReceipt(db, [key])),
    openDraft: (person, conversation) => database.run((db) => openDraft(db, person, conversation)),
    draft: (id) => database.run((db) => draftById(db, id)),
    lastQuestion: (asker, since) => database.run((db) => lastQuestion(db, asker, since)),
    drafts: (person) => database.run((db) => draftsOf(db, person)),
    postedCards: (request) => database.run((db) => postedOf(db, request)),
    dueOutbox: (platforms, now) => database.run((db) => dueRows(db, platforms, now)),
    delivered: (id, posted, audit = []) => audited(audit, (tx) => endDelivery(tx, id, posted)),
    postpone: (id, dueAt, reason) => database.run((db) => putOff(db, id, dueAt, reason)),
    abandon: (id, reason, audit = []) => audited(audit, (tx) => giveUp(tx, id, reason)),
    append: (message, key) => database.run((db) => appendMessage(db, message, key)),
    replace: (id, content, at) => database.run((db) => replaceMessage(db, id, content, at)),
    list: (conversationId, limit) => database.run((db) => latestMessages(db, conversationId, limit)),
    readAudit: (read) => database.snapshot((db) => read(auditTrail(db, database.dialect))),
    async sealAudit(keys) {
      const { sealed, end } = await database.write((tx) => sealLog(tx, logEnd, keys, clock));
      logEnd = end;
      return sealed;
    },
    async eraseActors(who) {
      const { erased, end } = await database.write((tx) => erase(tx, logEnd, who, clock, database.dialect));
      logEnd = end;
      return erased;
    },
    close: () => database.close(),
  };
}
