import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { topologySchema } from '../../src/domain/rule.ts';
import { importText, rulesOf } from '../support/catalogue-import.ts';

const header = '| Source | Destination | Port | Notes |\n|---|---|---|---|\n';

describe('what cannot be read is refused in one line that says what to do', () => {
  test.each([
    ['an empty file', '', 'x.csv', 'x.csv: the file is empty'],
    ['a binary', new Uint8Array([80, 75, 3, 4, 0, 0, 1]), 'x.csv', 'x.csv: this is not text: save it as UTF-8 text, CSV, Markdown or HTML'],
    ['another encoding', new Uint8Array([0xd4, 0xb4, 0x2c, 0xc4]), 'x.csv', 'x.csv: this is not UTF-8: save it as UTF-8'],
    [
      'an open quotation mark',
      'Source,Destination,Port\n"Edge,Director,443\n',
      'x.csv',
      'x.csv:2: this is not CSV that can be read: look for a quotation mark that is not closed',
    ],
    ['prose alone', 'Hello.\n', 'x.md', 'x.md: there is no table in it: give a page with a table of ports, or CSV'],
    ['a table of ports without rows', header, 'x.md', 'x.md:1: the table of ports has no rows'],
    ['a text of no kind', 'Hello.\n', 'x', 'x: neither CSV, Markdown nor HTML by its look: say which with --format'],
    [
      'elements without end',
      '<div>'.repeat(100_000),
      'x.html',
      'x.html:1: elements are nested too deeply: cut the page down to the tables of ports',
    ],
    ['too many rows', `Source,Destination,Port\n${'a,b,1\n'.repeat(100_001)}`, 'x.csv', 'x.csv: more than 100000 rows: import it in parts'],
    ['too many bytes', 'x'.repeat(10 * 1024 * 1024 + 1), 'x.csv', 'x.csv: larger than 10 MB: cut it down to the tables of ports'],
  ])('%s', async (_, content, name, line) => {
    expect(await importText(content, { name })).toMatchObject({ code: 1, yaml: '', report: [line] });
  });

  test('a table whose columns are not known is named with its columns', async () => {
    const { code, report } = await importText('a,b,c\n1,2,3\n', { name: 'x.csv' });
    expect({ code, report }).toEqual({
      code: 1,
      report: [
        "x.csv:1: no table with columns for ports and for a source, a destination or a role; the first one's columns: “a”, “b”, “c”",
      ],
    });
  });
});

describe('what stands in cells stays a text', () => {
  test('scripts, formulas, YAML and terminal controls', async () => {
    const notes = [
      '<script>alert(1)</script>',
      '=HYPERLINK("http://x")',
      '&lt;b&gt; - {a: !!js/function x}',
      '\u001b[31mred\u202e',
      '*a: &a [*a]',
      '---',
    ];
    const run = await importText(header + notes.map((note) => `| Edge | Director | TCP 443 | ${note} |\n`).join(''), { name: 'x.md' });
    expect(run.topology().rules.map(({ purpose }) => purpose.en)).toEqual([
      'alert(1)',
      '=HYPERLINK("http://x")',
      '<b> - {a: !!js/function x}',
      '[31mred',
      '*a: &a [*a]',
      '---',
    ]);
    expect(run.yaml + run.report.join()).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
  });

  test('names of files and of unknown roles break no line of the report or of the draft', async () => {
    const run = await importText('Source,Destination,Port\n"Evil\n# role: x\n",Director,TCP 443\n', { name: 'a\u001b[2J.csv' });
    expect(rulesOf(run.topology())[0]).toContain('unknown-evil-role-x -> director');
    expect(run.report.join()).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
  });
});

test('tables broken in many ways are read as far as they go', async () => {
  const page =
    '<table><tr><th>Source<th>Destination<th>Port<td>extra</tr><td>Edge<td colspan=99999999 rowspan=-1>Director<p></td></tr></div></table></table><td>x';
  const more = '<table><td rowspan=99999999>Source<td>Destination<td>Port<td>Notes<tr><td>a';
  const run = await importText(page + more, { name: 'x.html' });
  expect(run.code).toBe(0);
  expect(rulesOf(run.topology())).toEqual(['IMP-1 - ? ?: edge -> director', 'IMP-2 - ? ?: unknown-source -> unknown-a']);
});

test('whatever the text, there is a draft that loads or one line why not', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<table>',
      '</table>',
      '<tr>',
      '<td>',
      '<th>',
      '|',
      '\n',
      '---',
      'Source',
      '源',
      'Port',
      '端口',
      'TCP 443',
      '443',
      '(',
      ')',
      'Edge',
      '控制器',
      ',',
      '"',
      '`',
      '[',
      '*',
      '&lt;',
      '#',
      '\t',
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('csv', 'markdown', 'html'), fc.boolean(), async (body, format, headed) => {
      const content = headed ? `${format === 'csv' ? 'Source,Destination,Port\n' : header}${body}` : body;
      const { code, yaml, report } = await importText(content, { format });
      if (code === 0) topologySchema.parse(parse(yaml));
      else expect({ yaml, lines: report.length }).toEqual({ yaml: '', lines: 1 });
    }),
    { numRuns: 200 },
  );
});
