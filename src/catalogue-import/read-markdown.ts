import MarkdownIt from 'markdown-it';
import { type HtmlPage, lineMark, readHtml } from './read-html.ts';

/**
 * Reads Markdown with tables, and the HTML that stands in it, by way of the HTML that it means; the lines stay those of the Markdown.
 * That HTML is only ever read for its text, never shown.
 */
export function readMarkdown(markdown: string): HtmlPage {
  const parser = new MarkdownIt({ html: true });
  // Rows of an HTML table are often indented far enough to pass for code.
  parser.disable('code');
  const tokens = parser.parse(markdown, {});
  const html: string[] = [];
  for (const token of tokens) {
    if (token.map && token.nesting >= 0) html.push(lineMark(token.map[0] + 1));
    html.push(parser.renderer.render([token], parser.options, {}));
  }
  return readHtml(html.join(''));
}
