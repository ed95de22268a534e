import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AppError } from './errors.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's variables, and those of a `.env` file where the process has none of that name. A missing file is no fault. */
export function loadEnvironment(envFile: string, real: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(envFile, 'utf8')), ...real };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return real;
    throw new AppError('config-invalid', `${envFile} cannot be read: make it a readable text file, or remove it`, { cause: error });
  }
}
