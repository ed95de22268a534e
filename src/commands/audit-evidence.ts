import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatorEntry } from '../app/audit-drafts.ts';
import { readRequestId } from '../app/decisions.ts';
import { gatherEvidence } from '../app/evidence.ts';
import { evidenceHtml } from '../app/evidence-html.ts';
import { evidenceMarkdown } from '../app/evidence-markdown.ts';
import { evidenceDocument } from '../app/evidence-pages.ts';
import type { AuditReader, Clock, Knowledge, Store } from '../app/ports.ts';
import { visible } from '../chat/visible.ts';
import { instantOf } from '../domain/instant.ts';
import type { Reader } from '../locale.ts';

export type AuditEvidenceParts = {
  /** A request's id. */
  readonly wanted: string;
  /** A folder that is not there yet, or empty; null for one named after the request. */
  readonly out: string | null;
  readonly store: Pick<Store, 'request' | 'commit'> & AuditReader;
  readonly knowledge: Knowledge;
  readonly reader: Reader;
  readonly clock: Clock;
  /** Signs the log, so that a checkpoint covers all that is written. */
  readonly seal: () => Promise<void>;
  /** Writes the proof of all entries about the request into a folder. Returns 0 when it did. */
  readonly prove: (request: string, folder: string) => Promise<number>;
  readonly write: (line: string) => void;
  readonly fail: (line: string) => void;
};

/** Writes the evidence pack of a request: `evidence.md`, `evidence.html` and `proof/`. Returns 0, or 1 after saying why not. */
export async function auditEvidence(parts: AuditEvidenceParts): Promise<0 | 1> {
  const { wanted, store, knowledge, reader, clock, seal, prove, write, fail } = parts;
  const id = readRequestId(wanted);
  const request = id === null ? null : await store.request(id);
  if (request === null) {
    fail(knowledge.say({ key: 'refusal.no-such-request', params: { request: visible(wanted) } }, reader));
    return 1;
  }
  const folder = parts.out ?? `${request.id}-evidence`;
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    fail(`${folder} is there already and not empty: name a new folder`);
    return 1;
  }
  await store.commit({ audit: [operatorEntry('audit.evidence', request.id, { language: reader.locale })] });
  await seal();
  const now = instantOf(clock.now());
  const evidence = await store.readAudit((trail) => gatherEvidence(trail, request, knowledge.people, now));
  mkdirSync(folder, { recursive: true });
  const hasProof = (await prove(request.id, join(folder, 'proof'))) === 0;
  const document = evidenceDocument(evidence, knowledge, reader, hasProof);
  writeFileSync(join(folder, 'evidence.md'), evidenceMarkdown(document));
  writeFileSync(join(folder, 'evidence.html'), evidenceHtml(document));
  write(`${folder}: evidence.md, evidence.html${hasProof ? ', proof/' : ''}`);
  return 0;
}
