import { AppError } from '../../errors.ts';
import type { Database } from './database.ts';

/** Opens `sqlite:path` or `postgres://…`, loading only what that takes. Throws `AppError('config-invalid')` for any other address. */
export async function openDatabase(url: string): Promise<Database> {
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).openPostgres(url);
  if (/^sqlite:./.test(url)) return (await import('./sqlite.ts')).openSqlite(url.slice('sqlite:'.length));
  throw new AppError('config-invalid', 'DATABASE_URL must be sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME');
}
