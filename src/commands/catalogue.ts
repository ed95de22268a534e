import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LoadResult } from '../adapters/files/load.ts';
import type { Knowledge, Problem } from '../app/ports.ts';
import type { Config } from '../config.ts';

export type CatalogueIo = {
  readonly configured: () => Promise<Config>;
  readonly badFiles: (problems: readonly Problem[]) => Error;
  readonly write: (text: string) => void;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
};

/** Adds `catalogue list|show|import|export|lint`. What each needs is loaded when it runs. */
export function addCatalogueCommands(program: Command, io: CatalogueIo): void {
  const { configured, badFiles, write, out, err } = io;
  const catalogue = program.command('catalogue').description('the rules: look at them, take them in, give them out');
  const known = async (): Promise<{ knowledge: Knowledge; config: Config }> => {
    const config = await configured();
    const [{ loadKnowledge }, { knownNames }] = await Promise.all([
      import('../adapters/files/load.ts'),
      import('../app/dialog-handlers.ts'),
    ]);
    const loaded: LoadResult = loadKnowledge(config.dirs, knownNames);
    if (!loaded.ok) throw badFiles(loaded.problems);
    return { knowledge: loaded.knowledge, config };
  };

  catalogue
    .command('list')
    .description('the topologies')
    .option('--json', 'print JSON alone')
    .action(async ({ json = false }: { json?: boolean }) => {
      const [{ knowledge, config }, { catalogueList }] = await Promise.all([known(), import('./catalogue-show.ts')]);
      process.exitCode = catalogueList({ knowledge, reader: config.defaults, json, out, err });
    });
  catalogue
    .command('show')
    .description('a topology or a rule')
    .argument('<id>')
    .option('--json', 'print JSON alone')
    .action(async (id: string, { json = false }: { json?: boolean }) => {
      const [{ knowledge, config }, { catalogueShow }] = await Promise.all([known(), import('./catalogue-show.ts')]);
      process.exitCode = catalogueShow(id, { knowledge, reader: config.defaults, json, out, err });
    });
  catalogue
    .command('import')
    .description('draft a catalogue file from a published port summary, or from an export')
    .argument('<file>', 'CSV, Markdown or HTML; - for standard input')
    .option('--prefix <prefix>', 'what the rules are called: DIR makes DIR-1, DIR-2', prefixOf)
    .addOption(new Option('--format <format>', 'where neither name nor text tells').choices(['csv', 'markdown', 'html']))
    .action(async (file: string, { prefix, format }: { prefix?: string; format?: 'csv' | 'markdown' | 'html' }) => {
      const [config, { catalogueImport }, { readVocabulary }] = await Promise.all([
        configured(),
        import('./catalogue-import.ts'),
        import('./catalogue-files.ts'),
      ]);
      const read = readVocabulary(config.dirs);
      if ('problems' in read) throw badFiles(read.problems);
      process.exitCode = await catalogueImport({
        ...read,
        file,
        prefix: prefix ?? null,
        format: format ?? null,
        input: process.stdin,
        reader: config.defaults,
        write,
        report: err,
      });
    });
  catalogue
    .command('export')
    .description('every field of a topology, or of all, as CSV that import reads back')
    .argument('[topology]')
    .addOption(new Option('--format <format>').choices(['csv']).default('csv'))
    .action(async (topology: string | undefined) => {
      const [config, { catalogueExport }, { readTopologies }] = await Promise.all([
        configured(),
        import('./catalogue-export.ts'),
        import('./catalogue-files.ts'),
      ]);
      const read = readTopologies(config.dirs);
      if ('problems' in read) throw badFiles(read.problems);
      process.exitCode = catalogueExport({ topology: topology ?? null, topologies: read.topologies, write, err });
    });
  catalogue
    .command('lint')
    .description('rules that say the same, or part of it, twice')
    .option('--json', 'print JSON alone')
    .action(async ({ json = false }: { json?: boolean }) => {
      const [{ knowledge, config }, { catalogueLint }] = await Promise.all([known(), import('./catalogue-lint.ts')]);
      process.exitCode = catalogueLint({ knowledge, reader: config.defaults, json, out });
    });
}

function prefixOf(text: string): string {
  if (/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/.test(text) && text.length <= 40) return text;
  throw new InvalidArgumentError('Write capital letters and digits, words joined by hyphens, as DIR.');
}
