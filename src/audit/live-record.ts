import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { commitmentOfText } from './commitment.ts';
import type { LogWalk } from './log-walk.ts';
import type { LastWord } from './page.ts';
import type { AuditTrail, LiveRecord } from './trail.ts';
import { type Finding, missing, tampered } from './verdict.ts';

/** As much of a request as the log binds to. The rest of the document is bound by the commitment to all of it. */
const documentSchema = z.looseObject({
  id: z.string(),
  number: z.number(),
  version: z.number(),
  state: z.string(),
  salt: z.base64(),
  content_hash: z.string(),
  content: z.looseObject({ requester: z.string() }),
});

/**
 * What tells the live row of a request from the log's last word about it. `word` is undefined when the log knows no such
 * request. A row ahead of a log that lacks entries anyway is only what these entries would have said.
 */
function compareRecord(row: LiveRecord, word: LastWord | undefined, entriesMissing: boolean): readonly Finding[] {
  if (entriesMissing && (typeof word?.version !== 'number' || row.version > word.version)) {
    return [missing(null, row.id, 'the entries of its last changes are missing')];
  }
  if (word === undefined) return [tampered(null, row.id, 'the log knows no such request')];
  const wrong = (what: string) => [tampered(word.entry, row.id, what)];
  const document = parseDocument(row.document);
  if (document === null) return wrong('its document cannot be read');
  const columns = { id: row.id, number: row.number, version: row.version, state: row.state };
  const { content, salt, content_hash } = document;
  if (
    canonicalJson(columns) !== canonicalJson({ id: document.id, number: document.number, version: document.version, state: document.state })
  ) {
    return wrong('its columns and its document do not say the same');
  }
  if (row.requester !== content.requester) return wrong('its requester was changed');
  if (row.version !== word.version) return wrong(`it has version ${row.version}, the log says ${String(word.version)}`);
  if (row.state !== word.state) return wrong(`it is "${row.state}", the log says "${String(word.state)}"`);
  const key = Buffer.from(salt, 'base64');
  if (content_hash !== word.digest || canonicalHash(key, content) !== content_hash)
    return wrong('what it asks for is not what the log says was asked for');
  if (commitmentOfText(key, row.document) !== word.record) return wrong('something in it was changed after the last entry about it');
  return [];
}

const rowsAtOnce = 500;
const belowAll = -(2 ** 31);

type Walked = Pick<LogWalk, 'lastWords' | 'from'>;

/** Every request against the log's last word about it; `isWhole` when no entry is missing. Adds to the findings and returns how many there are. A walk from later on knows only those that moved since. */
export async function compareRecords(
  trail: AuditTrail,
  { lastWords, from }: Walked,
  isWhole: boolean,
  findings: Finding[],
): Promise<number> {
  const seen = new Set<string>();
  for (let after = belowAll; ; ) {
    const page = await trail.records(after, rowsAtOnce);
    for (const row of page) {
      const word = lastWords.get(row.id);
      if (word !== undefined || from === 0) {
        seen.add(row.id);
        findings.push(...compareRecord(row, word, !isWhole));
      }
      after = row.number;
    }
    if (page.length === 0) break;
  }
  for (const [id, word] of lastWords) if (!seen.has(id)) findings.push(missing(word.entry, id, 'the request is missing from its table'));
  return seen.size;
}

function parseDocument(text: string): z.infer<typeof documentSchema> | null {
  try {
    return documentSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function canonicalHash(key: Uint8Array, content: unknown): string | null {
  try {
    return commitmentOfText(key, canonicalJson(content));
  } catch {
    return null;
  }
}
