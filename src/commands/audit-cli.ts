import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';

export type AuditCli = {
  readonly configured: () => Promise<Config>;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** The commands that look at the log and sign it. They need the database and the key, but none of the files that people edit. */
export function addAuditCommands(audit: Command, { configured, out, err }: AuditCli): void {
  const output = (json: boolean | undefined) => ({ json: json ?? false, write: out, fail: err });

  /** The database brought up to date, what signs it, and both closed after it. */
  const onStore = async (work: (parts: Awaited<ReturnType<typeof opened>>) => Promise<number>): Promise<void> => {
    const parts = await opened(await configured(), err);
    try {
      process.exitCode = await work(parts);
    } finally {
      await parts.store.close();
    }
  };

  audit
    .command('log')
    .description('print the entries')
    .option('--json', 'print the exact bytes, a line each')
    .action((options: { json?: boolean }) =>
      onStore(async ({ store }) => {
        const { auditLog } = await import('./audit.ts');
        return auditLog({ store, ...output(options.json) });
      }),
    );

  audit
    .command('verify')
    .description('recompute the trail from its stored bytes; exit code 2 tampered, 3 incomplete, 4 older than a checkpoint')
    .argument('[export]', 'an export in JSON Lines; no database is needed then')
    .option('--checkpoint <file>', 'a checkpoint kept elsewhere; may be given several times', collect, [])
    .option('--since <entry>', 'look at the entries from this number or date on')
    .option('--json', 'print JSON alone')
    .action(async (file: string | undefined, options: { checkpoint: readonly string[]; since?: string; json?: boolean }) => {
      const [{ auditVerify, auditVerifyExport }, { publicKeys }] = await Promise.all([
        import('./audit-verify.ts'),
        import('../adapters/anchors/key-file.ts'),
      ]);
      const common = { checkpoints: options.checkpoint, progress: progressOn(process.stderr), ...output(options.json) };
      if (file !== undefined) {
        if (options.since !== undefined) throw new AppError('data-invalid', '--since needs the database: an export is verified as a whole');
        process.exitCode = await auditVerifyExport(file, common);
        return;
      }
      const [{ startPageWorkers }, { availableParallelism }, { databaseUrl }] = await Promise.all([
        import('../adapters/store/page-workers.ts'),
        import('node:os'),
        import('../config.ts'),
      ]);
      await onStore(({ store, config }) => {
        const count = Math.min(availableParallelism() - 1, mostThreads);
        const threads = count > 0 ? { threads: () => startPageWorkers(databaseUrl(config), count) } : {};
        const since = options.since === undefined ? {} : { since: options.since };
        return auditVerify({ store, keys: publicKeys(config.auditKeyFile), ...threads, ...since, ...common });
      });
    });

  audit
    .command('prove')
    .description('prove entries to somebody who has the log’s key alone')
    .argument('[id]', 'what the entries are about, as FCR-12')
    .option('--entry <number>', 'one entry')
    .option('--out <folder>', 'write files and instructions there')
    .option('--json', 'print JSON alone')
    .action((id: string | undefined, options: { entry?: string; out?: string; json?: boolean }) => {
      const of = whatToProve(id, options.entry);
      return onStore(async ({ store, signer }) => {
        const { auditProve } = await import('./audit-prove.ts');
        return auditProve({ store, of, out: options.out ?? null, seal: () => signer.start(), ...output(options.json) });
      });
    });

  audit
    .command('checkpoint')
    .description('sign the log as it stands and print the checkpoint')
    .option('--json', 'print JSON alone')
    .action((options: { json?: boolean }) =>
      onStore(async ({ signer }) => {
        const { auditCheckpoint } = await import('./audit-checkpoint.ts');
        return auditCheckpoint({ signer, ...output(options.json) });
      }),
    );

  audit
    .command('rotate-key')
    .description('sign with a new key from here on, vouched for by the one before')
    .option('--json', 'print JSON alone')
    .action((options: { json?: boolean }) =>
      onStore(async ({ signer, config }) => {
        const { auditRotateKey } = await import('./audit-checkpoint.ts');
        return auditRotateKey(config.auditKeyFile, { signer, ...output(options.json) });
      }),
    );
}

async function opened(config: Config, err: (line: string) => void) {
  const [{ migrateStore, openStore }, { createSigner }, { databaseUrl }] = await Promise.all([
    import('../adapters/store/open-store.ts'),
    import('./signer.ts'),
    import('../config.ts'),
  ]);
  const clock = { now: () => new Date() };
  const url = databaseUrl(config);
  await migrateStore(url, clock);
  const store = await openStore(url, clock);
  const signer = createSigner(config, { store, clock, onTrouble: (what) => void (what !== null && err(`not anchored: ${what}`)) });
  return { config, store, signer };
}

function whatToProve(id: string | undefined, entry: string | undefined): { readonly entry: number } | { readonly object: string } {
  if (id !== undefined && entry === undefined) return { object: id };
  if (id === undefined && entry !== undefined && /^\d{1,15}$/.test(entry)) return { entry: Number(entry) };
  throw new AppError('data-invalid', 'name one thing to prove: an id as FCR-12, or --entry with a number');
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** A reader of a database gains little beyond. */
const mostThreads = 8;
const sayEveryMs = 200;

/** Nothing where nobody watches. */
function progressOn(stream: NodeJS.WriteStream): (done: number, of: number) => void {
  if (!stream.isTTY) return () => undefined;
  let last = performance.now();
  let shown = false;
  return (done, of) => {
    const isOver = done >= of;
    if (isOver ? !shown : performance.now() - last < sayEveryMs) return;
    last = performance.now();
    shown = true;
    stream.write(isOver ? '\r\u001b[K' : `\r${done} of ${of} entries, ${Math.floor((100 * done) / of)} %`);
  };
}
