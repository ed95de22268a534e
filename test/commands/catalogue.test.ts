import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { addCatalogueCommands } from '../../src/commands/catalogue.ts';
import { check } from '../../src/commands/check.ts';
import { readConfig } from '../../src/config.ts';
import { AppError } from '../../src/errors.ts';
import { dirs as ownDirs } from '../support/knowledge.ts';
import { sampleFiles, sampleNames, writeFiles } from '../support/sample-files.ts';

type Run = { readonly code: number; readonly out: string; readonly err: readonly string[] };

/** Runs the commands as the command line does, over these folders. */
async function run(dirs: { readonly data: string; readonly dialogs: string }, ...typed: readonly string[]): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const program = new Command('portclerk').exitOverride().configureOutput({ writeErr: (text) => err.push(text.trim()) });
  addCatalogueCommands(program, {
    configured: async () => {
      const config = readConfig({ DATA_DIR: dirs.data, DIALOGS_DIR: dirs.dialogs });
      if (!config.ok) throw new AppError('config-invalid', 'no configuration');
      return config.config;
    },
    badFiles: (problems) => new AppError('data-invalid', problems.map(({ what }) => what).join('\n')),
    write: (text) => out.push(text),
    out: (line) => out.push(`${line}\n`),
    err: (line) => err.push(line),
  });
  for (const command of program.commands.flatMap((one) => one.commands))
    command.exitOverride().configureOutput({ writeErr: (text) => err.push(text.trim()) });
  process.exitCode = 0;
  try {
    await program.parseAsync(['catalogue', ...typed], { from: 'user' });
    return { code: Number(process.exitCode), out: out.join(''), err };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: 64, out: out.join(''), err };
  } finally {
    process.exitCode = 0;
  }
}

describe('catalogue list', () => {
  test('prints a line a topology, with its rules counted and its name', async () => {
    const { code, out } = await run(ownDirs, 'list');
    expect(code).toBe(0);
    expect(out).toMatch(/^lync-2013-director-dns-hlb +14 {2}Lync Server 2013, Director pool, DNS \+ HLB$/m);
  });

  test('prints JSON alone when asked to', async () => {
    const listed = JSON.parse((await run(ownDirs, 'list', '--json')).out);
    expect(listed).toContainEqual({
      id: 'lync-2013-director-dns-hlb',
      name: { en: 'Lync Server 2013, Director pool, DNS + HLB', 'zh-CN': 'Lync Server 2013，控制器池，DNS + HLB' },
      product: 'Lync Server 2013',
      rules: 14,
    });
  });
});

describe('catalogue show', () => {
  test('a rule with its purpose, notes and citation, whatever the case of its id', async () => {
    const { code, out } = await run(ownDirs, 'show', 'dir-6');
    expect(code).toBe(0);
    expect(out).toContain('DIR-6  Edge (internal interface) → Director: TCP 5061, SIP/MTLS');
    expect(out).toContain('  Note: ');
    expect(out).toMatch(
      /Cited from \(lync-2013-director-dns-hlb\): Port summary - DNS and HLB load balanced, table row 6, 2015-03-09, https:/,
    );
  });

  test('a topology with its document and every rule of it', async () => {
    const { out } = await run(ownDirs, 'show', 'lync-2013-director-dns-hlb');
    expect(out.match(/^DIR-/gm)).toHaveLength(14);
    expect(out).toContain('Lync Server 2013, Port summary - DNS and HLB load balanced, 2015-03-09');
  });

  test('what a document leaves out or seems to get wrong', async () => {
    const { out } = await run(ownDirs, 'show', 'CL-06');
    expect(out).toContain('→ ?: TCP 5061');
    expect(out).toContain('Not printed: destination');
    expect(out).toMatch(/Doubtful: ./);
  });

  test('as JSON, the fields as files write them, with the citations', async () => {
    const shown = JSON.parse((await run(ownDirs, 'show', 'DIR-1', '--json')).out);
    expect(shown).toMatchObject({
      id: 'DIR-1',
      via: 'director-vip',
      ports: '8080',
      citations: [{ topology: 'lync-2013-director-dns-hlb' }],
    });
  });

  test('what is not there is refused in one line', async () => {
    expect(await run(ownDirs, 'show', 'NO-1')).toEqual({
      code: 1,
      out: '',
      err: ['There is no topology and no rule “NO-1”: `portclerk catalogue list` lists the topologies.'],
    });
  });
});

describe('catalogue lint', () => {
  test('says which definition it goes by, names what it finds, and ends well', async () => {
    const { code, out } = await run(ownDirs, 'lint');
    expect(code).toBe(0);
    expect(out).toMatch(/^The rules have no order and only allow\./);
    expect(out).toMatch(/^Duplicates: \d+; subsets: \d+; overlaps: \d+; both transports: \d+$/m);
  });

  test('as JSON', async () => {
    const found = JSON.parse((await run(ownDirs, 'lint', '--json')).out);
    expect(found).toMatchObject({ definition: 'unordered-allow-only', cut: false });
    expect(found.findings.length).toBeGreaterThan(0);
  });
});

describe('catalogue import', () => {
  const csv = 'Source,Destination,Port,Notes\nEdge internal,Director,TCP 5062,One more\nFax bridge,Director,TCP 7000,Unknown\n';
  const realTexts = { 'dialogs/locales/en.yaml': '', 'dialogs/locales/zh-CN.yaml': '' };
  for (const path of ['dialogs/locales/en.yaml', 'dialogs/locales/zh-CN.yaml'] as const) {
    realTexts[path] = readFileSync(join(dirname(ownDirs.dialogs), path), 'utf8');
  }

  test('a draft put among the files is complained about for its unknown roles and for nothing else', async () => {
    const dirs = writeFiles({ ...sampleFiles, ...realTexts, 'new.csv': csv });
    const root = dirname(dirs.data);
    const { code, out, err } = await run(dirs, 'import', join(root, 'new.csv'), '--prefix', 'NEW');
    expect(code).toBe(0);
    expect(err[0]).toBe('new.csv: tables of ports: 1; rows read: 2; rules drafted: 2; to look at: 5');
    mkdirSync(join(dirs.data, 'catalogue'), { recursive: true });
    writeFileSync(join(dirs.data, 'catalogue/new.yaml'), out);
    const said: string[] = [];
    const environment = { DATA_DIR: dirs.data, DIALOGS_DIR: dirs.dialogs };
    check({ environment, envFile: '/nowhere/.env', known: sampleNames, out: (line) => said.push(line), err: () => {} });
    const line = out.split('\n').findIndex((text) => text.includes('unknown-fax-bridge')) + 1;
    expect(said.filter((text) => text.includes('new.yaml'))).toEqual([
      expect.stringMatching(new RegExp(`new\\.yaml:${line}:\\d+: unknown-fax-bridge is not a role of roles\\.yaml$`)),
    ]);
  });

  test('needs no sound catalogue, since it is how one gets there', async () => {
    const dirs = writeFiles({ ...sampleFiles, ...realTexts, 'data/catalogue/one.yaml': 'id: broken\n', 'new.csv': csv });
    expect((await run(dirs, 'import', join(dirname(dirs.data), 'new.csv'))).code).toBe(0);
  });

  test.each([
    ['a prefix that no rule id begins with', ['import', 'x.csv', '--prefix', 'new rule']],
    ['a format it does not know', ['import', 'x.pdf', '--format', 'pdf']],
    ['a format it does not write', ['export', '--format', 'xlsx']],
    ['no file', ['import']],
  ])('%s is wrong usage', async (_, typed) => expect((await run(ownDirs, ...typed)).code).toBe(64));

  test('a file that is not there is one line', async () => {
    expect(await run(ownDirs, 'import', '/nowhere/x.csv')).toEqual({ code: 1, out: '', err: ['x.csv: no such file: check its name'] });
  });
});

describe('catalogue export', () => {
  test('one topology, every rule a line', async () => {
    const { code, out } = await run(ownDirs, 'export', 'lync-2013-director-dns-hlb');
    expect(code).toBe(0);
    expect(out.split('\r\n').filter((line) => line.startsWith('rule,lync-2013-director-dns-hlb,DIR-'))).toHaveLength(14);
  });
});
