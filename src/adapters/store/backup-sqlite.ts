import { existsSync, renameSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** Copies a database that may be in use. `target` appears when it is whole. Returns the number of its pages. */
export async function backupSqlite(source: string, target: string): Promise<number> {
  const unfinished = `${target}.unfinished-${process.pid}`;
  const connection = new Sqlite(source, { fileMustExist: true });
  try {
    // All in one step: in smaller ones the copy begins anew whenever somebody writes in between.
    const { totalPages } = await connection.backup(unfinished, { progress: ({ totalPages: pages }) => pages });
    renameSync(unfinished, target);
    return totalPages;
  } finally {
    connection.close();
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}
