import { fileURLToPath } from 'node:url';
import { loadKnowledge } from '../../src/adapters/files/load.ts';
import { knownNames } from '../../src/app/dialog-handlers.ts';
import type { Knowledge } from '../../src/app/ports.ts';

export const dirs = {
  data: fileURLToPath(new URL('../../data', import.meta.url)),
  dialogs: fileURLToPath(new URL('../../dialogs', import.meta.url)),
};

let loaded: Knowledge | null = null;

/** What the repository's own data and dialogs say; read once. */
export function loadTestKnowledge(): Knowledge {
  if (loaded === null) {
    const result = loadKnowledge(dirs, knownNames);
    if (!result.ok) throw new Error(result.problems.map((p) => `${p.file}:${p.line}:${p.column}: ${p.what}`).join('\n'));
    loaded = result.knowledge;
  }
  return loaded;
}
