const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Seen beyond a cut to know whether it goes through a grapheme. */
const lookahead = 64;

/** At most `room` UTF-16 units, never through a grapheme; what is missing shows as an ellipsis. */
export function cut(text: string, room: number): string {
  return text.length <= room ? text : `${headOf(text, room - 1).trimEnd()}…`;
}

/** The same in one line. */
export function cutLine(text: string, room: number): string {
  return cut(text.replace(/\s+/g, ' ').trim(), room);
}

/** The text in pieces of at most `room` UTF-16 units, split after a line, else after a word, else between graphemes. */
export function pieces(text: string, room: number): readonly string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > room) {
    const head = headOf(rest, room);
    const line = head.lastIndexOf('\n') + 1;
    const word = head.lastIndexOf(' ') + 1;
    const end = [line, word].find((place) => place > room / 2) ?? head.length;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' && found.length > 0 ? found : [...found, rest];
}

/** A mark stacked so high that it alone fills the room is cut between code points. */
function headOf(text: string, room: number): string {
  const end = graphemes.segment(text.slice(0, room + lookahead)).containing(room)?.index ?? room;
  if (end > 0) return text.slice(0, end);
  return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(room - 1)) ? room - 1 : room);
}
