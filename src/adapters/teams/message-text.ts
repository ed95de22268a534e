import { Parser } from 'htmlparser2';
import type { Incoming } from './incoming.ts';

const named: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", '#160': ' ', amp: '&' };

/** Teams takes no longer messages. */
const longestHtml = 100_000;

/** What a person typed, without the mention of the bot. A table comes as it was pasted: cells by tabs, rows by lines. */
export function messageText({ text, entities, attachments, recipient }: Incoming): string {
  const html = attachments?.find(({ contentType }) => contentType === 'text/html')?.content;
  if (typeof html === 'string' && html.length <= longestHtml && /<table[\s>]/i.test(html))
    return withoutMarkup(html, namesOf(entities, recipient.id));
  let typed = text ?? '';
  for (const entity of entities ?? []) {
    if (entity.mentioned?.id === recipient.id && entity.text) typed = typed.replaceAll(entity.text, ' ');
  }
  return typed
    .replaceAll(/<\/?at(?: [^<>]*)?>/gi, '')
    .replaceAll(/&(nbsp|lt|gt|quot|apos|#39|#160|amp);/g, (whole, name: string) => named[name] ?? whole)
    .trim();
}

/** Whether the bot itself was mentioned. */
export function mentionsBot({ entities, recipient }: Incoming): boolean {
  return (entities ?? []).some(({ type, mentioned }) => type.toLowerCase() === 'mention' && mentioned?.id === recipient.id);
}

function namesOf(entities: Incoming['entities'], bot: string): readonly string[] {
  return (entities ?? []).flatMap(({ mentioned, text }) => (mentioned?.id === bot && text ? [text.replaceAll(/<[^<>]*>/g, '')] : []));
}

const lineEnds = new Set(['p', 'div', 'tr', 'li', 'br', 'h1', 'h2', 'h3', 'pre']);

function withoutMarkup(html: string, mentions: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  let cells = 0;
  const parser = new Parser({
    // Line breaks in the source are no line breaks of its author.
    ontext: (piece) => {
      line += piece.replaceAll(/\s+/g, ' ');
    },
    onopentag: (name) => {
      if (name === 'td' || name === 'th') cells += 1;
    },
    onclosetag: (name) => {
      if (name === 'td' || name === 'th') {
        cells -= 1;
        line = `${line.trim()}\t`;
      } else if (lineEnds.has(name) && cells > 0) line += ' ';
      else if (lineEnds.has(name)) {
        lines.push(line.trim());
        line = '';
      }
    },
  });
  parser.end(html);
  const text = [...lines, line.trim()].filter((one) => one !== '').join('\n');
  return mentions.reduce((rest, name) => rest.replace(name, ' '), text).trim();
}
