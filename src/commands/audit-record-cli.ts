import { type Command, Option } from 'commander';
import type { Config } from '../config.ts';
import { locales } from '../locale.ts';
import type { Foundation } from '../main.ts';

export type AuditRecordCli = {
  readonly onFoundation: (work: (foundation: Foundation, config: Config) => Promise<number>) => Promise<void>;
  readonly version: () => string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** The commands that give out what the trail says, and erase what it keeps of a person. Each leaves an entry. */
export function addAuditRecordCommands(audit: Command, { onFoundation, version, out, err }: AuditRecordCli): void {
  audit
    .command('export')
    .description('the whole trail for other tools; JSON Lines can be verified')
    .requiredOption('--format <format>', 'jsonl, csv or ocsf')
    .option('--out <file>', 'a new file instead of standard output')
    .action((options: { format: string; out?: string }) =>
      onFoundation(async ({ store }, config) => {
        const [{ auditExport }, signer] = await Promise.all([import('./audit-export.ts'), signerOf(store, config, err)]);
        const [file, output] = [options.out ?? null, process.stdout];
        return auditExport({ store, seal: () => signer.finish(), format: options.format, file, output, version: version(), fail: err });
      }),
    );

  audit
    .command('evidence')
    .description('everything about a request for an assessor: Markdown, HTML to print, and the proof')
    .argument('<id>')
    .option('--out <folder>', 'a new folder instead of one named after the request')
    .addOption(new Option('--lang <language>').choices(locales))
    .action((wanted: string, options: { out?: string; lang?: Config['defaults']['locale'] }) =>
      onFoundation(async ({ store, knowledge }, config) => {
        const [{ auditEvidence }, { auditProve }, signer] = await Promise.all([
          import('./audit-evidence.ts'),
          import('./audit-prove.ts'),
          signerOf(store, config, err),
        ]);
        const silent = { json: false, write: () => undefined, fail: err };
        return auditEvidence({
          wanted,
          out: options.out ?? null,
          store,
          knowledge: knowledge.current(),
          reader: { ...config.defaults, locale: options.lang ?? config.defaults.locale },
          clock: { now: () => new Date() },
          seal: () => signer.finish(),
          prove: (object, folder) => auditProve({ store, of: { object }, out: folder, seal: () => signer.start(), ...silent }),
          write: out,
          fail: err,
        });
      }),
    );

  audit
    .command('erase')
    .description('erase what is kept of a person beside the trail; the trail says that it was done')
    .argument('<person>', "a person's id or e-mail, or account/PLATFORM/ID")
    .option('--force', 'although they are still in people.yaml')
    .action((who: string, options: { force?: boolean }) =>
      onFoundation(async ({ store, knowledge }) => {
        const { auditErase } = await import('./audit-erase.ts');
        return auditErase({ who, force: options.force ?? false, store, knowledge: knowledge.current(), write: out, fail: err });
      }),
    );
}

async function signerOf(store: Foundation['store'], config: Config, err: (line: string) => void) {
  const { createSigner } = await import('./signer.ts');
  const clock = { now: () => new Date() };
  return createSigner(config, { store, clock, onTrouble: (what) => void (what !== null && err(`not anchored: ${what}`)) });
}
