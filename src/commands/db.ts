import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { backupSqlite } from '../adapters/store/backup-sqlite.ts';
import type { Database } from '../config.ts';

export type BackupParts = { readonly write: (line: string) => void; readonly fail: (line: string) => void };

/** Copies the database into a new file, as it is at one moment, while others use it. Returns 0, or 1 after saying why not. */
export async function backup(database: Database, file: string, { write, fail }: BackupParts): Promise<0 | 1> {
  if (database.kind === 'postgres') {
    fail('DATABASE_URL names a PostgreSQL database: back it up with pg_dump');
    return 1;
  }
  const refusal = refusalOf(database.file, file);
  if (refusal !== null) {
    fail(refusal);
    return 1;
  }
  const pages = await backupSqlite(database.file, file);
  write(`${file}: ${pages} pages`);
  return 0;
}

function refusalOf(source: string, file: string): string | null {
  if (!existsSync(source)) return `there is no database at ${source}`;
  if (!existsSync(dirname(file))) return `there is no folder ${dirname(file)}`;
  return existsSync(file) ? `${file} is there already: name a new file` : null;
}
