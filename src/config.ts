import { z } from 'zod';
import type { Defaults, WhoMayAsk } from './app/ports.ts';
import { readSlack, readTeams, type SlackConfig, type TeamsConfig } from './config-platforms.ts';
import { isTimeZone } from './domain/time-zone.ts';
import type { Environment } from './environment.ts';
import { localeSchema } from './locale.ts';

export type Database = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

/** How the program is run. `slack` and `teams` are null where they are not configured; with neither it is in local mode. */
export type Config = {
  readonly port: number;
  readonly host: string;
  readonly database: Database;
  readonly dirs: { readonly data: string; readonly dialogs: string };
  /** Where people reach the server from outside, without a slash at the end. */
  readonly publicUrl: string | null;
  readonly defaults: Defaults;
  readonly logLevel: string;
  readonly auditKeyFile: string;
  /** Where checkpoints of the audit trail are put, out of the database's reach. */
  readonly auditAnchorDir: string | null;
  /** Whether questions and what was answered are kept in the audit trail. */
  readonly auditQuestions: boolean;
  readonly whoMayAsk: WhoMayAsk;
  readonly slack: SlackConfig | null;
  readonly teams: TeamsConfig | null;
  readonly local: boolean;
};

/** What is wrong with a variable, and what to do about it. */
export type ConfigProblem = { readonly variable: string; readonly what: string };
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const askers = ['members', 'guests', 'everyone'] as const satisfies readonly WhoMayAsk[];

const settings = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65535)
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .transform(databaseOf)
    .pipe(z.custom<Database>((database) => database !== null))
    .optional(),
  DATA_DIR: z.string().default('data'),
  DIALOGS_DIR: z.string().default('dialogs'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .nullable()
    .default(null),
  DEFAULT_LOCALE: localeSchema.default('en'),
  TZ_DEFAULT: z.string().refine(isTimeZone).default('UTC'),
  LOG_LEVEL: z.enum(levels).default('info'),
  AUDIT_KEY_FILE: z.string().default('var/audit.key'),
  AUDIT_ANCHOR_DIR: z.string().nullable().default(null),
  AUDIT_QUESTIONS: z.enum(['on', 'off']).default('on'),
  WHO_MAY_ASK: z.enum(askers).default('members'),
});

const wanted: Readonly<Record<string, string>> = {
  PORT: 'a port number, as 3000; 0 takes any free one',
  DATABASE_URL: 'sqlite:var/portclerk.db, or postgres://user:password@host/database',
  PUBLIC_URL: 'an address such as https://portclerk.example.com',
  DEFAULT_LOCALE: 'en or zh-CN',
  TZ_DEFAULT: 'a time zone such as UTC or Europe/Berlin',
  LOG_LEVEL: `one of ${levels.join(', ')}`,
  AUDIT_QUESTIONS: 'on or off',
  WHO_MAY_ASK: `one of ${askers.join(', ')}`,
};

/** Reads the environment as a whole: either all of it is sound, or every problem found is returned. */
export function readConfig(environment: Environment): ConfigResult {
  // An empty line in a .env file means "not set".
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const problems: ConfigProblem[] = [];
  const read = settings.safeParse(env);
  if (!read.success) {
    const names = new Set(read.error.issues.map((issue) => String(issue.path[0])));
    // The value itself stays unsaid where it may hold a password.
    problems.push(
      ...[...names].map((variable) => ({ variable, what: `${variable} cannot be used: set it to ${wanted[variable] ?? 'a text'}` })),
    );
  }
  const host = env['HOST'] ?? '127.0.0.1';
  const slack = readSlack(env, problems);
  const teams = readTeams(env, isLoopback(host), problems);
  const local = slack === null && teams === null;
  const unproven = local || teams?.kind === 'local';
  if (slack !== null && teams?.kind === 'local') {
    const what = 'TEAMS_LOCAL lets anyone on this machine act as anyone, so it cannot stand beside Slack: unset one of them';
    problems.push({ variable: 'TEAMS_LOCAL', what });
  }
  if (problems.length === 0 && local && !isLoopback(host)) {
    const what =
      'HOST has to be 127.0.0.1 in local mode, where anyone who reaches the page may sign as anyone: set it so, or configure a chat platform';
    problems.push({ variable: 'HOST', what });
  }
  if (!read.success || problems.length > 0) return { ok: false, problems };
  const { data } = read;
  return {
    ok: true,
    config: {
      port: data.PORT,
      host,
      database: data.DATABASE_URL ?? { kind: 'sqlite', file: unproven ? 'var/local.db' : 'var/portclerk.db' },
      dirs: { data: data.DATA_DIR, dialogs: data.DIALOGS_DIR },
      publicUrl: data.PUBLIC_URL,
      defaults: { locale: data.DEFAULT_LOCALE, zone: data.TZ_DEFAULT },
      logLevel: data.LOG_LEVEL,
      auditKeyFile: data.AUDIT_KEY_FILE,
      auditAnchorDir: data.AUDIT_ANCHOR_DIR,
      auditQuestions: data.AUDIT_QUESTIONS === 'on',
      whoMayAsk: data.WHO_MAY_ASK,
      slack,
      teams,
      local,
    },
  };
}

/** The address by which the store is opened. */
export function databaseUrl({ database }: Config): string {
  return database.kind === 'sqlite' ? `sqlite:${database.file}` : database.url;
}

function databaseOf(url: string): Database | null {
  const sqlite = /^sqlite:(?:\/\/(?=\/))?(.+)$/.exec(url);
  if (sqlite?.[1] !== undefined) return { kind: 'sqlite', file: sqlite[1] };
  return /^postgres(ql)?:\/\//.test(url) && URL.canParse(url) ? { kind: 'postgres', url } : null;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
