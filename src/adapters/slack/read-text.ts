const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * What somebody typed, out of Slack's escaped form: links by their label, people and channels by their names, and no mention
 * of the bot itself.
 */
export function readText(text: string, botUser: string): string {
  return text
    .replaceAll(/<([^<>]*)>/g, (_token, inner: string) => tokenText(inner, botUser))
    .replaceAll(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? entity)
    .replaceAll('\u00a0', ' ')
    .replace(/^[\s,:;\uFF0C\uFF1A\uFF1B\u3001]+/, '')
    .replaceAll(/[^\S\n]{2,}/g, (run) => (run.includes('\t') ? run : ' '))
    .trim();
}

/** Whether the text speaks to the bot by name. */
export function mentions(text: string, botUser: string): boolean {
  return text.includes(`<@${botUser}>`) || text.includes(`<@${botUser}|`);
}

/** `@U1`, `@U1|ada`, `#C1|general`, `!here`, `!subteam^S1|@net`, `!date^…|tomorrow`, `https://…|label`. */
function tokenText(inner: string, botUser: string): string {
  const bar = inner.indexOf('|');
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? '' : inner.slice(bar + 1);
  const id = target.slice(1);
  switch (target[0]) {
    case '@':
      return id === botUser ? ' ' : label || id;
    case '#':
      return `#${label || id}`;
    case '!':
      return specialText(id, label);
    default:
      return label || target.replace(/^(?:mailto|tel):/, '');
  }
}

function specialText(name: string, label: string): string {
  if (name.startsWith('subteam^')) return label || `@${name.slice('subteam^'.length)}`;
  if (name.startsWith('date^')) return label;
  return label || `@${name}`;
}
