import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { operatorEntry } from '../app/audit-drafts.ts';
import { type ExportFormat, exportFormats, exportLog } from '../app/audit-export.ts';
import type { AuditReader, Store } from '../app/ports.ts';

export type AuditExportParts = {
  readonly store: Pick<Store, 'commit'> & AuditReader;
  /** Signs the log, so that a checkpoint covers all that is written. */
  readonly seal: () => Promise<void>;
  readonly format: string;
  /** A file that is not there yet; null for the output. */
  readonly file: string | null;
  readonly output: Writable;
  /** The program's own. */
  readonly version: string;
  readonly fail: (line: string) => void;
};

/** Writes the whole log, the entry about this export included. Returns 0, or 1 after saying why not. */
export async function auditExport({ store, seal, format: wanted, file, output, version, fail }: AuditExportParts): Promise<0 | 1> {
  const format = exportFormats.find((one) => one === wanted);
  const refusal = format === undefined ? `--format is one of ${exportFormats.join(', ')}` : refusalOf(file);
  if (format === undefined || refusal !== null) {
    fail(refusal ?? '');
    return 1;
  }
  await store.commit({ audit: [operatorEntry('audit.export', null, { format, to: file === null ? 'output' : 'file' })] });
  await seal();
  const write = (target: Writable, end: boolean) => store.readAudit((trail) => pipeline(piecesOf(trail, format, version), target, { end }));
  if (file !== null) await whole(file, (unfinished) => write(createWriteStream(unfinished), true));
  else await write(output, false).catch(unlessClosed);
  return 0;
}

function piecesOf(trail: Parameters<typeof exportLog>[0], format: ExportFormat, version: string): Readable {
  return Readable.from(exportLog(trail, format, version));
}

/** The file appears when it is whole. */
async function whole(file: string, work: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    await work(unfinished);
    renameSync(unfinished, file);
  } finally {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}

function refusalOf(file: string | null): string | null {
  if (file === null) return null;
  if (!existsSync(dirname(file))) return `there is no folder ${dirname(file)}`;
  return existsSync(file) ? `${file} is there already: name a new file` : null;
}

/** Whoever reads the output, `head` say, may have seen enough. */
function unlessClosed(error: unknown): void {
  if (error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')) return;
  throw error;
}
