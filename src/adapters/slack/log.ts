import { type Logger, LogLevel } from '@slack/bolt';

export type LogLine = { readonly level: 'info' | 'warn' | 'error'; readonly what: string };
export type Log = (line: LogLine) => void;

const tokenLike = /x(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+/g;
const longest = 500;

/** A log that prints no token, whoever wrote the line. */
export function withoutSecrets(log: Log, secrets: readonly string[]): Log {
  const known = secrets.filter((secret) => secret !== '');
  return ({ level, what }) => {
    const plain = known.reduce((text, secret) => text.replaceAll(secret, '***'), what).replaceAll(tokenLike, '***');
    log({ level, what: plain.length > longest ? `${plain.slice(0, longest)}…` : plain });
  };
}

/**
 * Bolt's own lines, warnings and up. Of an error only its message: the rest may hold what somebody typed, and below warnings
 * Bolt prints whole payloads.
 */
export function boltLogger(log: Log): Logger {
  const say =
    (level: LogLine['level']) =>
    (...parts: unknown[]): void =>
      log({ level, what: parts.map(textOf).join(' ') });
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: say('warn'),
    error: say('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

function textOf(part: unknown): string {
  if (part instanceof Error) return part.message;
  return typeof part === 'string' ? part : typeof part;
}
