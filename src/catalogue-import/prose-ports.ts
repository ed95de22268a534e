import type { RoleId } from '../domain/role.ts';
import type { PortRange, Transport } from '../domain/service.ts';
import { fold } from '../nlu/fold.ts';
import type { Names } from './ends.ts';
import type { Paragraph } from './page.ts';
import { plainMarks, readPorts } from './port-text.ts';

/** A port that a sentence names, and whom beside it. `from` and `to` are empty where the sentence does not say which end is which. */
export type PortInProse = {
  readonly line: number;
  readonly sentence: string;
  readonly transport: Transport | null;
  readonly ports: readonly PortRange[];
  readonly from: readonly RoleId[];
  readonly to: readonly RoleId[];
  readonly roles: readonly RoleId[];
};

const numbers = /(?<![\d.])\d{1,3}(?:,\d{3}|\d{0,2})(?:\s*-\s*\d{1,2}(?:,\d{3}|\d{0,3}))?(?!\d|\.\d)/g;
const portBefore = /(?:(tcp|udp)\)?[\s/:]*(?:ports?|端口)?|(?:ports?|端口)(?:\s*(?:numbers?|range|号|范围))?\s*(?:is|are|为|是|:)?)\s*$/i;
const portAfter = /^\s*(?:[/ ]?\s*(tcp|udp)(?![a-z])|(?:号)?端口|ports?(?![a-z]))/i;
const further = /^\s*(?:,|、|;|\/|and|or|through|to|和|或|与|及|以及|-)\s*(?:[a-z/]{0,12}\/)?\s*$/i;
const reach = 24;

/** Every port that sentences outside tables name, sentence by sentence. Years, versions and dates are no ports. */
export function portsInProse(paragraphs: readonly Paragraph[], names: Names): readonly PortInProse[] {
  return paragraphs.flatMap(({ line, text }) =>
    sentencesOf(text).flatMap((sentence) => {
      const named = portsOf(sentence);
      if (named.length === 0) return [];
      const ends = endsOf(sentence, names);
      return named.map((port) => ({ line, sentence, ...port, ...ends }));
    }),
  );
}

function sentencesOf(text: string): readonly string[] {
  return text
    .split(/(?<=[。！？；!?])|(?<=\.)\s+(?=[A-Z\p{Script=Han}])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

type NamedPort = Pick<PortInProse, 'transport' | 'ports'>;

function portsOf(sentence: string): readonly NamedPort[] {
  const text = plainMarks(sentence);
  const found: NamedPort[] = [];
  let last: { readonly end: number; readonly transport: Transport | null } = { end: -1, transport: null };
  for (const match of text.matchAll(numbers)) {
    const end = match.index + match[0].length;
    const before = portBefore.exec(text.slice(Math.max(0, match.index - reach), match.index));
    const after = portAfter.exec(text.slice(end, end + reach));
    const follows: boolean = last.end >= 0 && match.index - last.end <= reach && further.test(text.slice(last.end, match.index));
    const ports = before || after || follows ? readPorts(match[0]) : null;
    if (ports === null || ports === 'ambiguous') continue;
    const transport: Transport | null = transportOf(before?.[1] ?? after?.[1]) ?? (follows ? last.transport : null);
    found.push({ transport, ports });
    last = { end, transport };
  }
  return found;
}

function transportOf(text: string | undefined): Transport | null {
  const lower = text?.toLowerCase();
  return lower === 'tcp' || lower === 'udp' ? lower : null;
}

/** Which end a role is, by the words between roles: from A to B, 从 A 到 B. */
function endsOf(sentence: string, { vocabulary, roles: known, tree }: Names): Pick<PortInProse, 'from' | 'to' | 'roles'> {
  const { text } = fold(sentence);
  const ends: { from: RoleId[]; to: RoleId[] } = { from: [], to: [] };
  const roles: RoleId[] = [];
  let slot: 'from' | 'to' | null = null;
  for (let at = 0; at < text.length; ) {
    const phrase = vocabulary.phrases.longest(text, at);
    if (phrase?.meaning.kind === 'role' && known.get(phrase.meaning.role)?.kind !== 'any') {
      const { role } = phrase.meaning;
      roles.push(role);
      if (slot !== null) ends[slot].push(role);
    }
    if (phrase?.meaning.kind === 'role' || phrase?.meaning.kind === 'not-role') at = phrase.end;
    else {
      const marker = markerAt(text, at);
      if (marker !== null) slot = marker.slot;
      at = marker?.end ?? Math.max(at + 1, /[a-z]/.test(text.charAt(at)) ? wordEnd(text, at) : at + 1);
    }
  }
  const sided = ends.from.length > 0 && ends.to.length > 0;
  const once = (list: readonly RoleId[]) => [...new Set(list.map((role) => ownerOf(role, tree)))];
  return { from: sided ? once(ends.from) : [], to: sided ? once(ends.to) : [], roles: once(roles) };
}

const fromWord = /(?:from)(?![a-z])|[从自由]/y;
const toWord = /(?:to|towards|into)(?![a-z])|[到至往]/y;
/** After these, a role is neither end any more. */
const stop = /[,;:]|(?:using|over|via|through|for|on)(?![a-z])|[的经用]/y;

function markerAt(text: string, at: number): { readonly slot: 'from' | 'to' | null; readonly end: number } | null {
  for (const [pattern, slot] of [
    [fromWord, 'from'],
    [toWord, 'to'],
    [stop, null],
  ] as const) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { slot, end: pattern.lastIndex };
  }
  return null;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && /[a-z]/.test(text.charAt(end))) end += 1;
  return end;
}

/** A VIP speaks for the role behind it. */
function ownerOf(role: RoleId, tree: Names['tree']): RoleId {
  const [owner] = tree.isVip(role) ? tree.wholes(role) : [];
  return owner ?? role;
}
