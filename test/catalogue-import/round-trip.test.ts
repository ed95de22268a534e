import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { catalogueCsv, catalogueYaml, readCatalogueCsv } from '../../src/catalogue-import/catalogue-csv.ts';
import { readCsv } from '../../src/catalogue-import/read-csv.ts';
import { catalogueExport } from '../../src/commands/catalogue-export.ts';
import { readTopologies } from '../../src/commands/catalogue-files.ts';
import { type Topology, topologySchema } from '../../src/domain/rule.ts';
import { importText } from '../support/catalogue-import.ts';
import { dirs } from '../support/knowledge.ts';

function ownTopologies(): readonly Topology[] {
  const read = readTopologies(dirs);
  if ('problems' in read) throw new Error('the catalogue does not read');
  return read.topologies;
}

const loaded = (yaml: string): readonly Topology[] =>
  parseAllDocuments(yaml).map((document) => topologySchema.parse(document.toJS({ maxAliasCount: 0 })));

test('the whole catalogue exported and imported again is what it was', async () => {
  const topologies = ownTopologies();
  const written: string[] = [];
  const code = catalogueExport({ topology: null, topologies, write: (text) => written.push(text), err: () => {} });
  expect(code).toBe(0);
  const run = await importText(written.join(''), { name: 'catalogue.csv' });
  expect(run.code).toBe(0);
  expect(loaded(run.yaml)).toEqual(topologies);
});

test('one topology is exported alone, in whatever order its columns come back', async () => {
  const [topology] = ownTopologies().filter(({ id }) => id === 'lync-2013-director-dns-hlb');
  if (!topology) throw new Error('no such topology');
  const turned = readCsv(catalogueCsv([topology])).map(({ cells }) =>
    cells
      .toReversed()
      .map((cell) => `"${cell.replaceAll('"', '""')}"`)
      .join(','),
  );
  const run = await importText(turned.join('\n'), { name: 'turned.csv' });
  expect(run.topology()).toEqual(topology);
});

test('a topology that is not there is named, with those that are', () => {
  const errors: string[] = [];
  const code = catalogueExport({ topology: 'nowhere', topologies: ownTopologies(), write: () => {}, err: (line) => errors.push(line) });
  expect(code).toBe(1);
  expect(errors).toEqual([expect.stringMatching(/^there is no topology "nowhere"; there are .*lync-2013-director-dns-hlb/)]);
});

test('an export spoilt by hand is refused with its line and what is wrong', async () => {
  const [topology] = ownTopologies();
  const spoilt = catalogueCsv(topology ? [topology] : []).replace(/tcp/, 'carrier pigeon');
  const run = await importText(spoilt, { name: 'x.csv' });
  expect({ code: run.code, yaml: run.yaml }).toEqual({ code: 1, yaml: '' });
  expect(run.report).toEqual([expect.stringMatching(/^x\.csv:2: this began as an export .*rules\.0\.transport/)]);
});

describe('whatever the texts', () => {
  const odd = fc.constantFrom(
    '=1+1',
    '+1',
    '-1',
    '@x',
    "'x",
    "''",
    '\tx',
    '\rx',
    'a|b',
    'a | b',
    '\\',
    'a\\',
    ' x ',
    '"',
    ',',
    '\r\n',
    'true',
    '0',
    '控制器',
    'a\nb',
    '＝1',
  );
  const text = fc.oneof(odd, fc.string({ minLength: 1, maxLength: 12 }));
  const line = text.map((one) => one.trim()).filter((one) => one !== '');
  const local = fc.record({ en: line, 'zh-CN': line });
  const rule = fc.record({
    source: fc.uniqueArray(fc.constantFrom('edge', 'director', 'any'), { minLength: 1, maxLength: 3 }),
    source_may_be: fc.constantFrom([], ['director', 'edge']),
    destination: fc.constantFrom(['director'], ['any', 'edge']),
    via: fc.constantFrom(null, 'director-vip'),
    transport: fc.constantFrom('tcp', 'udp'),
    ports: fc.constantFrom('5061', '80, 443', 'any', '50000-59999'),
    source_ports: fc.constantFrom('', '1024-65535'),
    application: fc.oneof(fc.constant(null), text),
    security: fc.oneof(fc.constant(null), text),
    topics: fc.constantFrom([], ['SIP', 'CLS']),
    balancing: fc.constantFrom(null, { node_ports: '8080', monitor_port: '80', persistence: 'none' }),
    purpose: local,
    place: local,
    doubt: fc.oneof(fc.constant(null), local),
    notes: fc.array(local, { maxLength: 12 }),
  });
  const document = fc.record({
    title: local,
    product: text,
    revised: fc.constantFrom(null, '2015-03-09'),
    url: fc.constant('https://example.com/a?b=1,2'),
  });
  const topology = fc
    .record({
      name: local,
      aliases: fc.array(text, { maxLength: 4 }),
      document,
      further: fc.array(document, { maxLength: 2 }),
      caveat: fc.oneof(fc.constant(null), local),
      notes: fc.array(local, { maxLength: 2 }),
      includes: fc.constantFrom(
        [],
        [
          { topology: 'other', rules: ['A-1', 'A-2'], stated_here: true, place: { en: 'x', 'zh-CN': 'y' } },
          { topology: 'more', except: ['B-1'] },
        ],
      ),
      rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
    })
    .map(({ further, rules, ...fields }) =>
      topologySchema.parse({
        ...fields,
        id: 'sample',
        further_documents: further.map((one, at) => ({ ...one, id: `further-${at}` })),
        rules: rules.map((one, at) => ({ ...one, id: `S-${at + 1}` })),
      }),
    );

  test('what goes out as CSV comes back the same, and so does its YAML', () => {
    fc.assert(
      fc.property(topology, (one) => {
        const back = readCatalogueCsv(readCsv(catalogueCsv([one])));
        expect(back).toEqual([one]);
        expect(loaded(catalogueYaml(back))).toEqual([one]);
      }),
      { numRuns: 300 },
    );
  });

  test('no cell begins as a formula does', () => {
    fc.assert(
      fc.property(topology, (one) => {
        const cells = readCsv(catalogueCsv([one])).flatMap((record) => record.cells);
        expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
