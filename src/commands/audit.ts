import type { AuditReader } from '../app/ports.ts';
import { type AuditActor, parseEntry, type StoredEntry } from '../audit/entry.ts';
import type { Finding, Verdict } from '../audit/verdict.ts';
import { verifyTrail } from '../audit/verify.ts';
import { visible } from '../chat/visible.ts';

export type AuditParts = {
  readonly store: AuditReader;
  readonly json: boolean;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

const pageSize = 1000;
const exitCodes: Readonly<Record<Verdict['verdict'], number>> = { intact: 0, tampered: 2, incomplete: 3, older: 4 };

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

/** Checks the whole trail and every request against it. Returns 0 when it is intact, 2 when tampered with, 3 when incomplete. */
export async function auditVerify({ store, json, write, fail }: AuditParts): Promise<number> {
  const verdict = await store.readAudit((trail) => verifyTrail(trail));
  if (json) {
    write(JSON.stringify(verdict));
    return exitCodes[verdict.verdict];
  }
  for (const finding of verdict.findings) fail(line(finding));
  const root = verdict.root === null ? 'no root, since entries are missing' : `root ${verdict.root}`;
  write(
    `${verdict.verdict}: ${counted(verdict.entries, 'entry', 'entries')}, ${counted(verdict.requests, 'request', 'requests')}, ${root}`,
  );
  return exitCodes[verdict.verdict];
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

function line({ kind, entry, object, what }: Finding): string {
  const places = [...(entry === null ? [] : [`entry ${entry}`]), ...(object === null ? [] : [object])];
  return visible(`${kind}: ${places.length === 0 ? 'audit trail' : places.join(', ')}: ${what}`);
}

function counted(count: number, one: string, other: string): string {
  return `${count} ${count === 1 ? one : other}`;
}
