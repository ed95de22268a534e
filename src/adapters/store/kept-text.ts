import { type Compilable, type CompiledQuery, type InsertObject, type Kysely, type QueryResult, sql } from 'kysely';
import { AppError } from '../../errors.ts';
import type { Schema } from './schema.ts';

/**
 * A query whose text depends on nothing but the number of its parameters: built at its first run on a database, later only
 * filled anew, since building costs several times what running does. `parametersOf` gives them in the text's order.
 */
export function keptText<A extends readonly unknown[], O>(
  build: (db: Kysely<Schema>, ...args: A) => Compilable<O>,
  parametersOf: (...args: A) => readonly unknown[],
): (db: Kysely<Schema>, ...args: A) => Promise<QueryResult<O>> {
  const texts = new WeakMap<object, Map<number, CompiledQuery<O>>>();
  return (db, ...args) => {
    const database = db.getExecutor().adapter;
    const byCount = texts.get(database) ?? new Map<number, CompiledQuery<O>>();
    texts.set(database, byCount);
    const parameters = parametersOf(...args);
    const text = byCount.get(parameters.length) ?? firstText(build(db, ...args), parameters);
    byCount.set(parameters.length, text);
    return db.executeQuery({ ...text, parameters });
  };
}

function firstText<O>(query: Compilable<O>, parameters: readonly unknown[]): CompiledQuery<O> {
  const text = query.compile();
  if (text.parameters.length !== parameters.length || text.parameters.some((parameter, k) => parameter !== parameters[k])) {
    throw new AppError('unreachable', `the parameters do not fit the text: ${text.sql}`);
  }
  return text;
}

/**
 * In the order they came, of the few rows that an index of the pending ones leads to: ordered by the bare column, SQLite walks
 * through all there ever were instead.
 */
export const inOrder = sql`+seq`;

/**
 * Inserts rows that name the same columns in the same order, and returns how many. `doubles`: what becomes of one whose key is
 * there already.
 */
export function insertInto<T extends keyof Schema>(
  table: T,
  doubles: 'fail' | 'skip' = 'fail',
): (db: Kysely<Schema>, rows: readonly InsertObject<Schema, T>[]) => Promise<number> {
  const insert = keptText(
    (db, rows: readonly InsertObject<Schema, T>[]) => {
      const query = db.insertInto(table).values(rows);
      return doubles === 'fail' ? query : query.onConflict((conflict) => conflict.doNothing());
    },
    (rows) => rows.flatMap((row) => Object.values(row)),
  );
  return async (db, rows) => {
    if (rows.length === 0) return 0;
    return Number((await insert(db, rows)).numAffectedRows ?? 0);
  };
}
