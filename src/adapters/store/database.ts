import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export type Dialect = 'sqlite' | 'postgres';

/** An open database, with the ways of using it. Each waits for a busy database and throws `AppError('store-busy')` in the end. */
export type Database = {
  readonly dialect: Dialect;
  /** Single statements. `patienceMs`: how long to wait, two seconds unless told. */
  run<T>(work: (db: Kysely<Schema>) => Promise<T>, patienceMs?: number): Promise<T>;
  /** The same for a statement that writes and is often used by many at once. */
  put<T>(work: (db: Kysely<Schema>) => Promise<T>, patienceMs?: number): Promise<T>;
  /** One transaction that alone may write, from its start on; a throw undoes all of it. */
  write<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T>;
  /** One unchanging view of everything, beside which others go on writing. */
  snapshot<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};
