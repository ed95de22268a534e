import type { AuditReader } from '../app/ports.ts';
import { type AuditActor, parseEntry, type StoredEntry } from '../audit/entry.ts';
import { visible } from '../chat/visible.ts';

export type AuditParts = {
  readonly store: AuditReader;
  readonly json: boolean;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

const pageSize = 1000;

/** Prints the entries, oldest first: as columns, or their exact bytes, one a line. */
export function auditLog({ store, json, write }: AuditParts): Promise<number> {
  return store.readAudit(async (trail) => {
    const last = (await trail.lastIndex()) ?? -1;
    for (let from = 0; from <= last; from += pageSize) {
      for (const stored of await trail.entries(from, from + pageSize))
        write(json ? Buffer.from(stored.bytes).toString('utf8') : columns(stored));
    }
    return 0;
  });
}

function columns(stored: StoredEntry): string {
  const entry = parseEntry(stored.bytes);
  if (entry === null) return `${stored.idx}  unreadable; run "portclerk audit verify"`;
  const { at, type, actor, object, outcome } = entry;
  return visible([stored.idx, at, type, name(actor), object ?? '-', outcome].join('  '));
}

function name(actor: AuditActor): string {
  switch (actor.kind) {
    case 'person':
      return actor.ref;
    case 'account':
      return `${actor.platform}/${actor.ref}`;
    case 'system':
      return 'system';
  }
}
