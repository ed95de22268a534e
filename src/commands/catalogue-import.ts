import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { catalogueYaml, isCatalogueCsv, readCatalogueCsv } from '../catalogue-import/catalogue-csv.ts';
import type { Names } from '../catalogue-import/ends.ts';
import { importPage } from '../catalogue-import/import-catalogue.ts';
import { bounds } from '../catalogue-import/page.ts';
import { UnreadableSource } from '../catalogue-import/problem.ts';
import { readCsv } from '../catalogue-import/read-csv.ts';
import { csvPage, decodeText, type Format, formatOf, readPage } from '../catalogue-import/read-source.ts';
import { importReport } from '../catalogue-import/report.ts';
import { visible } from '../chat/visible.ts';
import type { Message, Reader, Say } from '../locale.ts';

export type CatalogueImportParts = {
  /** A path, or `-` for the input. */
  readonly file: string;
  readonly format: Format | null;
  readonly prefix: string | null;
  readonly input: Readable;
  readonly names: Names;
  readonly say: Say;
  readonly reader: Reader;
  /** Takes the draft. */
  readonly write: (text: string) => void;
  /** Takes the report. */
  readonly report: (line: string) => void;
};

/** Drafts a catalogue file from a published port summary. Returns the exit code: 0 with a draft, 1 without. */
export async function catalogueImport(parts: CatalogueImportParts): Promise<0 | 1> {
  const { file, input, say, reader, report } = parts;
  const name = visible(file === '-' ? 'standard input' : basename(file)).replaceAll('\n', ' ');
  const tell = (message: Message): string => say(message, reader);
  try {
    draft(await bytesOf(file === '-' ? input : createReadStream(file)), name, parts);
    return 0;
  } catch (error) {
    if (error instanceof UnreadableSource) {
      report(`${error.line === null ? name : `${name}:${error.line}`}: ${visible(tell(error.said)).replaceAll('\n', ' ')}`);
      return 1;
    }
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error;
    report(`${name}: ${tell({ key: code === 'ENOENT' ? 'import.error.missing' : 'import.error.unreadable', params: { code } })}`);
    return 1;
  }
}

function draft(bytes: Uint8Array, name: string, { file, format, prefix, names, say, reader, write, report }: CatalogueImportParts): void {
  const tell = (message: Message): string => say(message, reader);
  const text = decodeText(bytes);
  const kind = format ?? formatOf(file, text);
  if (kind === null) throw new UnreadableSource({ key: 'import.error.format' });
  const records = kind === 'csv' ? readCsv(text) : [];
  if (isCatalogueCsv(records)) {
    const topologies = readCatalogueCsv(records);
    write(catalogueYaml(topologies));
    const rules = topologies.reduce((sum, topology) => sum + topology.rules.length, 0);
    report(tell({ key: 'import.read-back', params: { name, topologies: topologies.length, rules } }));
    return;
  }
  const page = kind === 'csv' ? csvPage(records) : readPage(text, kind);
  const imported = importPage(page, names, { name, prefix, say, reader });
  write(imported.yaml);
  for (const line of importReport(name, imported, tell)) report(visible(line).replaceAll('\n', ' '));
}

async function bytesOf(input: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > bounds.bytes) throw new UnreadableSource({ key: 'import.error.size', params: { most: bounds.bytes / 1024 / 1024 } });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
