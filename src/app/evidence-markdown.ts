import { visible } from '../chat/visible.ts';
import type { Block, EvidenceDocument } from './evidence-document.ts';

/** As CommonMark with tables. What was typed stays text: every character that could mean something is escaped. */
export function evidenceMarkdown({ title, blocks }: EvidenceDocument): string {
  return `${[`# ${escaped(title)}`, ...blocks.map(blockText)].join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${escaped(block.text)}`;
    case 'text':
      return escaped(block.text);
    case 'facts':
      return table(['', ''], block.rows);
    case 'table':
      return table(
        block.columns,
        block.marks === null
          ? block.rows
          : block.rows.map((row, k) => [`${block.marks?.[k] ? '✓' : '✗'} ${row[0] ?? ''}`, ...row.slice(1)]),
      );
    case 'code':
      return visible(block.text)
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n');
  }
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(columns), `|${columns.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** On one line: a new one would end a table's row, or begin a block. */
function escaped(text: string): string {
  return visible(text)
    .replaceAll(/\s*\n\s*/g, ' ⏎ ')
    .replaceAll(/[\\`*_{}[\]<>#|~&!$^=]/g, '\\$&')
    .replaceAll(/:(?=\/\/)|(?<=\bwww)\.|@/gi, '\\$&')
    .replace(
      /^([-+])(?=\s|$)|^(\d+)([.)])(?=\s|$)/,
      (_, sign?: string, number?: string, end?: string) => `${number ?? ''}\\${sign ?? end ?? ''}`,
    );
}
