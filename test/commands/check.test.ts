import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../../src/commands/check.ts';
import type { Environment } from '../../src/environment.ts';
import { sampleFiles, sampleNames, writeFiles } from '../support/sample-files.ts';

function run(files: Readonly<Record<string, string>>, environment: Environment = {}, envFile = '/nowhere/.env') {
  const dirs = writeFiles(files);
  const out: string[] = [];
  const err: string[] = [];
  const code = check({
    environment: { DATA_DIR: dirs.data, DIALOGS_DIR: dirs.dialogs, ...environment },
    envFile,
    known: sampleNames,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err, dirs };
}

test('sound files and a sound environment end with one line and exit code 0', () => {
  const { code, out, err } = run(sampleFiles);
  expect({ code, err }).toEqual({ code: 0, err: [] });
  expect(out).toEqual(['ok: 1 rules; 3 roles; sites: site-a; 2 people; 1 dialogs; local mode']);
});

test('each problem is one line of file, line, column and text, and the exit code is 1', () => {
  const { code, out, err, dirs } = run({ ...sampleFiles, 'data/people.yaml': 'people: []\n', 'dialogs/ask.yaml': 'id: ask\n' });
  expect(code).toBe(1);
  expect(out).toEqual([
    expect.stringContaining(`${dirs.data}/people.yaml:1:9: people: `),
    `${dirs.dialogs}/ask.yaml:1:1: pages is missing`,
    `${dirs.dialogs}/ask.yaml:1:1: complete is missing`,
  ]);
  expect(err).toEqual(['3 problems']);
});

test('a bad variable is named beside whatever is wrong with the files', () => {
  const { code, out } = run({ ...sampleFiles, 'data/people.yaml': '' }, { PORT: '70000' });
  expect(code).toBe(1);
  expect(out).toEqual([
    expect.stringMatching(/^environment:1:1: PORT cannot be used/),
    expect.stringContaining('people.yaml:1:1: the file is empty'),
  ]);
});

test('a bad variable of the .env file is pointed at there', () => {
  const envFile = join(mkdtempSync(join(tmpdir(), 'portclerk-env-')), '.env');
  writeFileSync(envFile, '# ours\nLOG_LEVEL=info\nSLACK_BOT_TOKEN=wrong\nSLACK_SIGNING_SECRET=x\n');
  const { code, out } = run(sampleFiles, {}, envFile);
  expect(code).toBe(1);
  expect(out).toEqual([expect.stringMatching(new RegExp(`^${envFile}:3:1: SLACK_BOT_TOKEN is not a bot token`))]);
});

test('a .env file that cannot be read is one problem like another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portclerk-env-'));
  expect(run(sampleFiles, {}, folder)).toMatchObject({ code: 1, out: [expect.stringContaining(`${folder}:1:1: `)] });
});
