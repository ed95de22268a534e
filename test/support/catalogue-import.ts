import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'yaml';
import { type Names, namesFrom } from '../../src/catalogue-import/ends.ts';
import type { Format } from '../../src/catalogue-import/read-source.ts';
import { catalogueImport } from '../../src/commands/catalogue-import.ts';
import { type Topology, topologySchema } from '../../src/domain/rule.ts';
import { formatPorts } from '../../src/domain/service.ts';
import type { Locale } from '../../src/locale.ts';
import { loadTestKnowledge } from './knowledge.ts';

type Options = { readonly prefix?: string; readonly format?: Format; readonly locale?: Locale; readonly name?: string };

export type ImportRun = {
  readonly code: number;
  readonly yaml: string;
  readonly report: readonly string[];
  /** The draft, as the program would load it. */
  readonly topology: () => Topology;
};

let names: Names | null = null;

function testNames(): Names {
  names ??= namesFrom({ ...loadTestKnowledge(), topologies: [] });
  return names;
}

/** Imports a text as a person would: from a file of that name, or, without one, from standard input. */
export async function importText(content: string | Uint8Array, options: Options = {}): Promise<ImportRun> {
  const { prefix = null, format = null, locale = 'en', name } = options;
  const report: string[] = [];
  let yaml = '';
  const file = name === undefined ? '-' : join(mkdtempSync(join(tmpdir(), 'portclerk-import-')), name);
  if (name !== undefined) writeFileSync(file, content);
  const knowledge = loadTestKnowledge();
  const code = await catalogueImport({
    file,
    format,
    prefix,
    input: Readable.from([Buffer.from(content)]),
    names: testNames(),
    say: knowledge.say,
    reader: { locale, zone: 'UTC' },
    write: (text) => {
      yaml += text;
    },
    report: (line) => report.push(line),
  });
  return { code, yaml, report, topology: () => topologySchema.parse(parse(yaml)) };
}

/** What a rule says, in one line: "SIP/MTLS tcp 5061: edge-internal -> director". */
export function rulesOf({ rules }: Topology): readonly string[] {
  return rules.map(({ id, application, security, transport, ports, source, destination, via }) => {
    const protocol = [application, security].filter((part) => part !== null).join('/') || '-';
    const to = `${destination.join('|') || '?'}${via === null ? '' : ` via ${via}`}`;
    return `${id} ${protocol} ${transport ?? '?'} ${formatPorts(ports) || '?'}: ${source.join('|') || '?'} -> ${to}`;
  });
}
