import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { schemaFiles } from '../../../src/adapters/files/schema-files.ts';
import { filesUnder, root } from '../../support/source.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('the JSON Schemas in the repository are those of the code (npm run schemas)', () => {
  for (const { path, text } of schemaFiles()) expect(read(path), path).toBe(text);
});

test('every YAML file tells editors its schema, which is there', () => {
  const schemas = schemaFiles().map(({ path }) => path);
  for (const path of filesUnder('data', 'dialogs').filter((name) => name.endsWith('.yaml'))) {
    const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(read(path))?.[1] ?? 'none';
    expect(schemas, `${path} names ${named}`).toContain(posix.join(posix.dirname(path), named));
  }
});
