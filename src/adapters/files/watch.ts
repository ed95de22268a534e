import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge, KnowledgeSource, Problem } from '../../app/ports.ts';
import type { KnownNames } from '../../dialog/handlers.ts';
import { type Dirs, loadKnowledge } from './load.ts';
import { yamlFiles } from './yaml-folder.ts';

export type WatchedKnowledge = KnowledgeSource & {
  /** Looks at the files now: once they have changed and then stood still from one look to the next, they are read again. */
  readonly look: () => void;
  readonly close: () => void;
};

export type WatchResult =
  | { readonly ok: true; readonly source: WatchedKnowledge }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Outcome = Parameters<Parameters<KnowledgeSource['onReload']>[0]>[0];

/**
 * Loads everything and keeps it current, looking at the files every `intervalMs`. Looking at times and sizes, unlike waiting to
 * be told, also works where editors replace files, folders are swapped by symbolic link, and file systems send no word.
 */
export function watchKnowledge(dirs: Dirs, known: KnownNames, intervalMs: number): WatchResult {
  let loaded = fingerprint(dirs);
  let seen = loaded;
  const first = loadKnowledge(dirs, known);
  if (!first.ok) return first;

  let current: Knowledge = first.knowledge;
  let problems: readonly Problem[] = [];
  const listeners = new Set<(outcome: Outcome) => void>();

  const reload = (): Outcome => {
    const result = loadKnowledge(dirs, known);
    problems = result.ok ? [] : result.problems;
    if (!result.ok) return result;
    current = result.knowledge;
    return { ok: true };
  };
  const look = (): void => {
    const now = fingerprint(dirs);
    const settled = now === seen;
    seen = now;
    if (!settled || now === loaded) return;
    loaded = now;
    const outcome = reload();
    for (const listener of listeners) listener(outcome);
  };
  const timer = setInterval(look, intervalMs).unref();

  return {
    ok: true,
    source: {
      current: () => current,
      problems: () => problems,
      onReload: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      look,
      close: () => clearInterval(timer),
    },
  };
}

/** Changes whenever a file is written, replaced, added or removed. */
function fingerprint(dirs: Dirs): string {
  const flat = [dirs.data, join(dirs.data, 'sites'), dirs.dialogs, join(dirs.dialogs, 'locales')];
  const files = (folder: string, deep: boolean) => present(folder, deep).map((name) => stamp(join(folder, name)));
  return [...files(join(dirs.data, 'catalogue'), true), ...flat.flatMap((folder) => files(folder, false))].join('\n');
}

function present(folder: string, deep: boolean): readonly string[] {
  try {
    return yamlFiles(folder, deep);
  } catch {
    return [];
  }
}

function stamp(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? path : `${path} ${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}
