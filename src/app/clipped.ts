const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text in one line and so many characters, as people count them; what is left out is marked. */
export function clipped(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const shown: string[] = [];
  for (const { segment } of graphemes.segment(line)) {
    if (shown.length === most) return `${shown.join('').trimEnd()}…`;
    shown.push(segment);
  }
  return line;
}
