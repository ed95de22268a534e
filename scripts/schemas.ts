// `npm run schemas`: writes the JSON Schemas that editors complete and check the YAML files by.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { schemaFiles } from '../src/adapters/files/schema-files.ts';

for (const { path, text } of schemaFiles()) {
  const target = join(import.meta.dirname, '..', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
