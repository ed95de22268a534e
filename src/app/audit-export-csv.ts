import type { AuditEntry, StoredEntry } from '../audit/entry.ts';
import { canonicalJson } from '../canonical-json.ts';
import { cell } from './answer-csv.ts';

const columns: Readonly<Record<string, (entry: AuditEntry) => string>> = {
  at: ({ at }) => at,
  type: ({ type }) => type,
  outcome: ({ outcome }) => outcome,
  actor: ({ actor }) => actor.kind,
  platform: ({ actor }) => (actor.kind === 'account' ? actor.platform : ''),
  pseudonym: ({ actor }) => (actor.kind === 'system' ? '' : actor.ref),
  object: ({ object }) => object ?? '',
  before: ({ before }) => (before === null ? '' : canonicalJson(before)),
  after: ({ after }) => (after === null ? '' : canonicalJson(after)),
  request_digest: ({ request_digest }) => request_digest ?? '',
  policy_version: ({ policy_version }) => policy_version ?? '',
  source_event: ({ source_event }) => source_event ?? '',
  commitments: ({ commitments }) => (Object.keys(commitments).length === 0 ? '' : canonicalJson(commitments)),
};

export const csvHeader = `${['idx', ...Object.keys(columns), 'leaf'].join(',')}\r\n`;

/** RFC 4180, no cell a formula. An entry that can't be read keeps its index and leaf alone. */
export function csvRow({ idx, leaf }: StoredEntry, entry: AuditEntry | null): string {
  const cells = Object.values(columns).map((text) => (entry === null ? '' : text(entry)));
  return `${[String(idx), ...cells, Buffer.from(leaf).toString('hex')].map(cell).join(',')}\r\n`;
}
