import MarkdownIt from 'markdown-it';
import { bounds } from './page.ts';
import { UnreadableSource } from './problem.ts';
import { type HtmlPage, lineMark, readHtml } from './read-html.ts';

/**
 * Reads Markdown with tables, and the HTML that stands in it, by way of the HTML that it means; the lines stay those of the Markdown.
 * That HTML is only ever read for its text, never shown. Throws `UnreadableSource` past the bounds.
 */
export function readMarkdown(markdown: string): HtmlPage {
  if (markdown.split('\n', bounds.lines + 2).length > bounds.lines) {
    throw new UnreadableSource({ key: 'import.error.lines', params: { most: bounds.lines } });
  }
  const [parser, inline] = [new MarkdownIt({ html: true }), new MarkdownIt({ html: true })];
  // Rows of an HTML table are often indented far enough to pass for code.
  parser.disable(['code', 'inline', 'text_join']);
  // Emphasis and links cost more than linear time; in a text longer than anyone writes they stay as typed.
  const inlineHtml = (text: string): string => (text.length > bounds.inline ? parser.utils.escapeHtml(text) : inline.renderInline(text));
  const html: string[] = [];
  for (const token of parser.parse(markdown, {})) {
    if (token.map && token.nesting >= 0) html.push(lineMark(token.map[0] + 1));
    html.push(token.type === 'inline' ? inlineHtml(token.content) : parser.renderer.render([token], parser.options, {}));
  }
  return readHtml(html.join(''));
}
