import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateStore, type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';
import type { Clock } from '../../src/app/ports.ts';

/** A place for databases that is gone after the test. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'portclerk-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** An empty, migrated store in a file of its own. */
export async function temporaryStore(clock: Clock): Promise<{ readonly store: OpenStore; readonly url: string; remove(): Promise<void> }> {
  const folder = temporaryFolder();
  const url = `sqlite:${join(folder.path, 'portclerk.db')}`;
  await migrateStore(url, clock);
  const store = await openStore(url, clock);
  return {
    store,
    url,
    async remove() {
      await store.close();
      folder.remove();
    },
  };
}
