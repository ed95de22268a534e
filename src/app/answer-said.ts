/** An answer in parts, each a piece of plain text, in the order they are said. */
export type Said = {
  /** "Yes.", "No.", "3 rules.": to a question that asks for it. */
  readonly verdict: string | null;
  /** How the question was read, and of which topology. */
  readonly head: string | null;
  /** What can't be answered and why, and what nothing allows. */
  readonly remarks: readonly string[];
  /** One line a rule that names what was asked. */
  readonly lines: readonly SaidLine[];
  /** What else holds: through any, the other way, near to it. */
  readonly besides: readonly string[];
  readonly notes: readonly string[];
  readonly citations: readonly string[];
};

/** A rule, or several that say the same. `ends` is null where every line has the ends of the head. */
export type SaidLine = {
  readonly service: string;
  readonly ends: string | null;
  readonly purpose: string;
  readonly rules: string;
  readonly text: string;
};

export const silent: Said = { verdict: null, head: null, remarks: [], lines: [], besides: [], notes: [], citations: [] };

/** The whole as plain text, a line each. */
export function plainText({ verdict, head, remarks, lines, besides, notes, citations }: Said): string {
  const first = [verdict, head].filter((part) => part !== null).join(' ');
  return [...(first === '' ? [] : [first]), ...remarks, ...lines.map(({ text }) => text), ...besides, ...notes, ...citations].join('\n');
}
