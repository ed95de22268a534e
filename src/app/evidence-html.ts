import { visible } from '../chat/visible.ts';
import type { Block, EvidenceDocument } from './evidence-document.ts';

const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.45 Arial, "Liberation Sans", "DejaVu Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #1a1a1a; background: #fff; max-width: 190mm; margin: 12mm auto; padding: 0 8mm; }
:lang(zh-CN) body { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 17pt; line-height: 1.25; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 8mm 0 2mm; padding-bottom: 1mm; border-bottom: 1px solid #999; break-after: avoid; }
p { margin: 2mm 0; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0; }
th, td { text-align: start; vertical-align: top; padding: 1.2mm 2mm; border: 1px solid #c8c8c8; white-space: pre-wrap; overflow-wrap: break-word; }
td.long { overflow-wrap: anywhere; }
thead th { background: #efefef; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
table.facts th { width: 42mm; font-weight: 600; background: #f6f6f6; }
tr.present td:first-child::before { content: "\\2713\\00a0"; color: #17692b; font-weight: 700; }
tr.missing td:first-child::before { content: "\\2717\\00a0"; color: #a4120f; font-weight: 700; }
tr.missing td { background: #fdf1f0; }
pre { font: 8.5pt/1.4 "Noto Sans Mono", ui-monospace, monospace; background: #f6f6f6; border: 1px solid #ddd; padding: 2mm; white-space: pre-wrap; overflow-wrap: anywhere; }
@page { size: A4; margin: 16mm 14mm; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
`;

/** One file with nothing from elsewhere and no script, made to be read in a browser and printed to PDF. */
export function evidenceHtml({ locale, title, blocks }: EvidenceDocument): string {
  return `<!doctype html>
<html lang="${escaped(locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${blocks.map(blockHtml).join('\n')}
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'text':
      return `<p>${escaped(block.text)}</p>`;
    case 'facts':
      return `<table class="facts"><tbody>${block.rows.map(([label, value]) => `<tr><th scope="row">${escaped(label)}</th>${cellHtml(value)}</tr>`).join('\n')}</tbody></table>`;
    case 'table': {
      const { columns, rows, marks } = block;
      const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
      const body = rows.map((row, k) => {
        const mark = marks === null ? '' : ` class="${marks[k] ? 'present' : 'missing'}"`;
        return `<tr${mark}>${row.map(cellHtml).join('')}</tr>`;
      });
      return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
    }
    case 'code':
      return `<pre>${escaped(block.text)}</pre>`;
  }
}

/** A hash may be broken anywhere, a word may not: its column would get too narrow. */
function cellHtml(text: string): string {
  return `<td${/\S{30}/.test(text) ? ' class="long"' : ''}>${escaped(text)}</td>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
