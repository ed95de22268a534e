import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditReader } from '../app/ports.ts';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { type ProvenEntry, proveEntry } from '../audit/prove.ts';
import { readEntry } from '../audit/read-entry.ts';
import type { StoredCheckpoint } from '../audit/trail.ts';
import type { AuditParts } from './audit.ts';
import { proofReadme } from './proof-readme.ts';

export type ProveParts = AuditParts & {
  readonly store: AuditReader;
  /** What the proof is of: an entry, or all entries about an object. */
  readonly of: { readonly entry: number } | { readonly object: string };
  readonly out: string | null;
  /** Signs the log, when an entry is not covered by a checkpoint yet. */
  readonly seal: () => Promise<StoredCheckpoint>;
};

type Proof = { readonly checkpoint: StoredCheckpoint; readonly vkey: string; readonly entries: readonly ProvenEntry[] };

/**
 * Proves entries to somebody who has the log's key and nothing else: into a folder, or on standard output. Returns 1 after
 * saying so when there is no such entry.
 */
export async function auditProve(parts: ProveParts): Promise<number> {
  const { store, of, out, json, write, fail } = parts;
  const wanted = await store.readAudit(async (trail) => {
    const found = 'entry' in of ? await trail.entries(of.entry, of.entry + 1) : await trail.about(of.object);
    return found.map(({ idx }) => idx);
  });
  const last = wanted.at(-1);
  if (last === undefined) {
    fail('entry' in of ? `there is no entry ${of.entry}` : `no entry is about ${of.object}`);
    return 1;
  }
  const signed = await store.readAudit(async (trail) => (await trail.checkpoints()).at(-1));
  const checkpoint = signed !== undefined && signed.size > last ? signed : await parts.seal();
  const proof = await prove(store, wanted, checkpoint);
  if (out !== null) {
    writeFolder(out, proof);
    write(
      `${out}: ${proof.entries.length === 1 ? '1 entry' : `${proof.entries.length} entries`} proven against the checkpoint over ${checkpoint.size}; see README.md there`,
    );
  } else if (json) {
    const entries = proof.entries.map(({ idx, bytes, proof: text }) => ({ idx, entry: Buffer.from(bytes).toString('utf8'), proof: text }));
    write(JSON.stringify({ vkey: proof.vkey, checkpoint: checkpoint.note, entries }));
  } else for (const { proof: text } of proof.entries) write(text.trimEnd());
  return 0;
}

function prove(store: AuditReader, wanted: readonly number[], checkpoint: StoredCheckpoint): Promise<Proof> {
  return store.readAudit(async (trail) => {
    const entries: ProvenEntry[] = [];
    for (const idx of wanted) entries.push(await proveEntry(trail, idx, checkpoint));
    // The checkpoint's own entry, its last, names the key.
    const [ending] = await trail.entries(checkpoint.size - 1, checkpoint.size);
    const key = (ending && readEntry(ending.bytes)?.after)?.['key'];
    return { checkpoint, vkey: typeof key === 'string' ? key : '', entries };
  });
}

function writeFolder(folder: string, { checkpoint, vkey, entries }: Proof): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'checkpoint'), checkpoint.note);
  writeFileSync(join(folder, 'log.vkey'), `${vkey}\n`);
  for (const { idx, bytes, proof } of entries) {
    writeFileSync(join(folder, `${idx}.json`), bytes);
    writeFileSync(join(folder, `${idx}.tlog-proof`), proof);
  }
  const origin = readCheckpoint(checkpoint.note)?.origin ?? '';
  writeFileSync(join(folder, 'README.md'), proofReadme({ origin, size: checkpoint.size, vkey, entries: entries.map(({ idx }) => idx) }));
}
