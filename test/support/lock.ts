import { spawn } from 'node:child_process';
import { once } from 'node:events';

const holder = `
const Database = require('better-sqlite3');
const database = new Database(process.argv[1]);
database.exec('begin immediate');
process.stdout.write('held');
process.stdin.resume().on('end', () => process.exit());
`;

/** Holds an SQLite file locked against writing, from another process, until it is let go. */
export async function holdLocked(databaseUrl: string): Promise<{ readonly release: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', holder, databaseUrl.slice('sqlite:'.length)], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    async release() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
