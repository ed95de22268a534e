import { readFileSync } from 'node:fs';
import { type LoadResult, loadKnowledge } from '../adapters/files/load.ts';
import type { Knowledge, Problem } from '../app/ports.ts';
import { type Config, type ConfigProblem, type ConfigResult, readConfig } from '../config.ts';
import type { KnownNames } from '../dialog/handlers.ts';
import { type Environment, loadEnvironment } from '../environment.ts';
import { AppError } from '../errors.ts';

export type CheckParts = {
  readonly environment: Environment;
  /** Where a `.env` file would stand. */
  readonly envFile: string;
  readonly known: KnownNames;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** Checks everything that is read from files and from the environment. Returns the exit code: 0 when all of it is sound, else 1. */
export function check({ environment, envFile, known, out, err }: CheckParts): 0 | 1 {
  const configured = readEnvironment(envFile, environment);
  if ('problem' in configured) {
    out(line(configured.problem));
    err('1 problem');
    return 1;
  }
  const { env, config } = configured;
  const loaded: LoadResult = loadKnowledge({ data: env['DATA_DIR'] || 'data', dialogs: env['DIALOGS_DIR'] || 'dialogs' }, known);
  if (config.ok && loaded.ok) {
    out(summary(config.config, loaded.knowledge));
    return 0;
  }
  const problems = [
    ...(config.ok ? [] : config.problems.map((problem) => locate(problem, envFile, environment))),
    ...(loaded.ok ? [] : loaded.problems),
  ];
  for (const problem of problems) out(line(problem));
  err(problems.length === 1 ? '1 problem' : `${problems.length} problems`);
  return 1;
}

function readEnvironment(envFile: string, environment: Environment): { env: Environment; config: ConfigResult } | { problem: Problem } {
  try {
    const env = loadEnvironment(envFile, environment);
    return { env, config: readConfig(env) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { problem: { file: envFile, line: 1, column: 1, what: error.message } };
  }
}

/** The variable's line in the `.env` file, when it is set there and nowhere else; otherwise the environment has no lines. */
function locate({ variable, what }: ConfigProblem, envFile: string, environment: Environment): Problem {
  const nowhere = { file: 'environment', line: 1, column: 1, what };
  if (environment[variable] !== undefined) return nowhere;
  try {
    const lines = readFileSync(envFile, 'utf8').split('\n');
    const index = lines.findLastIndex((text) => new RegExp(`^\\s*(export\\s+)?${variable}\\s*=`).test(text));
    return index < 0 ? nowhere : { file: envFile, line: index + 1, column: 1, what };
  } catch {
    return nowhere;
  }
}

function line({ file, line, column, what }: Problem): string {
  return `${file}:${line}:${column}: ${what}`;
}

function summary(config: Config, knowledge: Knowledge): string {
  const rules = new Set(knowledge.topologies.flatMap((topology) => topology.rules.map(({ id }) => id)));
  const counts = [
    `${rules.size} rules`,
    `${knowledge.roles.length} roles`,
    `sites: ${knowledge.sites.map((site) => site.id).join(', ') || 'none'}`,
    `${knowledge.people.length} people`,
    `${knowledge.dialogs.size} dialogs`,
    config.local ? 'local mode' : [config.slack && 'Slack', config.teams && 'Teams'].filter(Boolean).join(' and '),
  ];
  return `ok: ${counts.join('; ')}`;
}
