import { formatEndpoint, parseEndpoint } from '../domain/address.ts';
import type { RoleId } from '../domain/role.ts';
import type { Folded } from './fold.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { type Found, squeeze } from './phrase-tree.ts';
import { beginsRun, type Run, topologiesOf, topologyRun } from './topology-words.ts';
import { lookAlike } from './traditional.ts';
import type { Vocabulary } from './vocabulary.ts';

const patterns = {
  both: /<[-=~]{0,9}>|[↔⇔⟷⇄⇆]/y,
  right: /[-=~]{0,9}>{1,9}|[→⇒➜⟶➔➡⇨⟹»›]/y,
  left: /<{1,9}[-=~]{1,9}|[←⇐⟵⇦]/y,
  request: /fcr[\s_-]*0*([1-9]\d{0,8})(?![a-z0-9])/y,
  ruleLike: /([a-z][a-z0-9]{0,15})([ _-]?)([a-z]{0,3}-?\d{1,3}[a-z]?)(?![a-z0-9])/y,
  ruleId: /[a-z][a-z0-9]{0,15}(?:[-_][a-z0-9]{1,15}){1,9}(?![a-z0-9])/y,
  address: /\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d.])|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\/\d{1,3})?/y,
  host: /(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,9}[a-z][a-z0-9-]{0,61}[a-z](?![a-z0-9.-])/y,
  site: /(?:site|location) (?!a )[a-z]?\d{0,3}(?![a-z0-9])|站点 ?[a-z0-9]{1,3}(?![a-z0-9])|[a-z]\d{0,2} ?站点/y,
  figure: /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d+(?:\.\d+)+(?!\d)|\d{1,2}\/\d{1,2}(?:\/\d{2,4})(?!\d)/y,
  number: /(\d+)(?:\s*(?:-|~|\.\.+|to|thru|through|until|到|至)\s*(\d+)(?![.:]?\d))?/y,
  /** "50,000-59,999", "50,000". */
  grouped: /(\d{1,2}),(\d{3})\s*(?:-|~|to|到|至)\s*(\d{1,2}),(\d{3})(?![\d,])|(\d{1,2}),(000)(?![\d,])/y,
  /** "above 50000", "50000 and up". */
  above: /(?:above|greater than|higher than|larger than|大于|高于|超过|>)(=?)\s*(?:port\s*|端口\s*)?(\d{2,5})(?!\d)|≥()\s*(\d{2,5})(?!\d)/y,
  below: /(?:below|less than|lower than|smaller than|小于|低于|<)(=?)\s*(?:port\s*|端口\s*)?(\d{2,5})(?!\d)|≤()\s*(\d{2,5})(?!\d)/y,
  andUp: /(\d{2,5})\s*(?:(?:and|or) (?:up|above|higher|more|greater)(?![a-z])|及?以上|\+(?!\s*\d))/y,
  andDown: /(\d{2,5})\s*(?:(?:and|or) (?:below|lower|less|under|smaller)(?![a-z])|及?以下)/y,
  latin: /[a-z]+/y,
  letters: /(?:(?!\p{Script=Han})\p{L})+/uy,
} as const;

/** How far back a sentence may begin. */
const sentence = 40;

const han = /\p{Script=Han}/u;
const startsWord = /[\p{L}\d]/u;

/** Cuts a folded text into what its pieces mean, from left to right, the longest phrase first. */
export function scan(folded: Folded, vocabulary: Vocabulary): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  for (let at = 0; at < folded.text.length; ) {
    const found = next(folded.text, at, vocabulary);
    const lexeme = found === null ? null : accessing(found, folded, lexemes, vocabulary);
    if (lexeme === null) {
      at++;
      continue;
    }
    at = Math.max(lexeme.to, at + 1);
    append(lexemes, lexeme, folded.text, vocabulary);
  }
  return lexemes;
}

function next(text: string, at: number, vocabulary: Vocabulary): Lexeme | null {
  const unit = text.charAt(at);
  if (/[ _'"]/.test(unit)) return null;
  if (/[\n.!;?。]/.test(unit)) return { kind: 'stop', question: unit === '?', from: at, to: at + 1 };
  return bounded(text, at) ?? symbol(text, at, unit) ?? identified(text, at, unit, vocabulary) ?? worded(text, at, unit, vocabulary);
}

/**
 * "Which ports does it use to access edge" has a verb, and not the Access Edge; in "does it need 5061 to access edge" it may be
 * either.
 */
function accessing(found: Lexeme, folded: Folded, before: readonly Lexeme[], vocabulary: Vocabulary): Lexeme {
  const typed = folded.source.slice(folded.starts[found.from] ?? 0, folded.ends[found.to - 1] ?? 0);
  if (found.kind === 'role' && /^[访訪]/u.test(typed)) return accessingInChinese(found, folded.text, before, vocabulary);
  if (found.kind !== 'role' || !/^(?:access[ -]|ACCESS[ -])/.test(typed)) return found;
  const [joint, verb] = [before.at(-1), before.at(-2)];
  const recent = before.slice(-sentence);
  const named = recent.some((lexeme) => lexeme.kind === 'role' || lexeme.kind === 'unknown');
  if (!named || !isKey(joint, 'to', 'aux') || isKey(verb, 'talk', 'reach') || recent.some((lexeme) => isKey(lexeme, 'from'))) return found;
  if (isKey(verb, 'need', 'allow', 'port', 'open'))
    return { kind: 'key', keys: ['reach'], from: found.from, to: found.from + 'access'.length };
  const rest = vocabulary.phrases.longest(folded.text, found.from + 'access '.length);
  const asksFor = recent.some((lexeme) => isKey(lexeme, 'need', 'for', 'talk'));
  return asksFor && rest?.meaning.kind === 'role' ? { ...found, others: [...found.others, rest.meaning.role] } : found;
}

/** 到访问边缘 is to the Access Edge; 前端访问边缘 has a verb; 访问边缘 alone may be either, where there is an Access Edge. */
function accessingInChinese(
  found: Extract<Lexeme, { kind: 'role' }>,
  text: string,
  before: readonly Lexeme[],
  vocabulary: Vocabulary,
): Lexeme {
  const recent = before.slice(-sentence);
  const subject = recent.some((lexeme) => lexeme.kind === 'role' || lexeme.kind === 'address' || isKey(lexeme, 'who'));
  if (isKey(before.at(-1), 'from', 'to', 'reach', 'by', 'both') || (subject && isKey(before.at(-1), 'and'))) return found;
  const rest = vocabulary.phrases.longest(text, found.from + 2);
  const known = vocabulary.spoken.closelyOf(found.role, vocabulary.active);
  if (!subject && known && rest?.meaning.kind === 'role') return { ...found, others: [...found.others, rest.meaning.role] };
  return { kind: 'key', keys: ['reach'], from: found.from, to: found.from + 2 };
}

/** In 对应用程序共享 the word 应用程序共享 matters, and not 对应: what begins inside a word of the grammar and ends behind it. */
function beforeName(exact: Found, text: string, at: number, vocabulary: Vocabulary): Found | null {
  if (exact.meaning.kind !== 'key' || !han.test(text.charAt(at))) return null;
  for (let inside = at + 1; inside < exact.end; inside++) {
    const name = vocabulary.phrases.longest(text, inside);
    if (name === null || name.end <= exact.end || (name.meaning.kind !== 'role' && name.meaning.kind !== 'not-role')) continue;
    return vocabulary.phrases.longest(text.slice(at, inside), 0);
  }
  return null;
}

/** All ports above or below one. */
function bounded(text: string, at: number): Lexeme | null {
  if (/[\d.:]/.test(text.charAt(at - 1)) || !/[a-z\d大高小低超<>≥≤]/.test(text.charAt(at))) return null;
  if (/[<>]/.test(text.charAt(at)) && /[-=~<>]/.test(text.charAt(at - 1))) return null;
  const range = (first: number, last: number, whole: string): Lexeme => {
    return { kind: 'number', first: `${first}`, last: `${last}`, marked: false, from: at, to: at + whole.length };
  };
  const grouped = match(patterns.grouped, text, at);
  if (grouped) {
    const [whole, ...digits] = grouped;
    const [a = '', b = '', c = '', d = ''] = digits.filter((part) => part !== undefined);
    return range(Number(a + b), Number(c === '' ? a + b : c + d), whole);
  }
  const above = match(patterns.above, text, at);
  if (above) return range(Number(above[2] ?? above[4]) + (above[1] === '' ? 1 : 0), highest, above[0]);
  const below = match(patterns.below, text, at);
  if (below) return range(1, Number(below[2] ?? below[4]) - (below[1] === '' ? 1 : 0), below[0]);
  const up = match(patterns.andUp, text, at);
  if (up) return range(Number(up[1]), highest, up[0]);
  const down = match(patterns.andDown, text, at);
  return down ? range(1, Number(down[1]), down[0]) : null;
}

const highest = 65_535;

function symbol(text: string, at: number, unit: string): Lexeme | null {
  const both = match(patterns.both, text, at);
  if (both) return { kind: 'key', keys: ['both'], from: at, to: at + both[0].length };
  const right = match(patterns.right, text, at);
  if (right) return { kind: 'key', keys: ['to'], from: at, to: at + right[0].length };
  const left = match(patterns.left, text, at);
  if (left) return { kind: 'key', keys: ['from'], from: at, to: at + left[0].length };
  if (/[,、/&+|]/.test(unit)) return { kind: 'comma', from: at, to: at + 1 };
  return null;
}

function identified(text: string, at: number, unit: string, vocabulary: Vocabulary): Lexeme | null {
  if (/[\da-f:]/.test(unit) && !/[a-z]/.test(text.charAt(at - 1))) {
    const address = match(patterns.address, text, at);
    if (address && /\d/.test(address[0])) return addressed(address[0], at);
  }
  if (/\d/.test(unit)) {
    const figure = match(patterns.figure, text, at);
    if (figure) return { kind: 'figure', from: at, to: at + figure[0].length };
    const number = match(patterns.number, text, at);
    const name = vocabulary.phrases.longest(text, at);
    if (number && name?.meaning.kind === 'role') return { ...name.meaning, from: at, to: name.end };
    if (number) return numbered(text, at, number);
  }
  if (/[a-z\d*]/.test(unit) && !/[a-z\d._-]/.test(text.charAt(at - 1))) {
    const host = match(patterns.host, text, at);
    if (host && (vocabulary.hosts.has(host[0]) || host[0].split('.').length > 2))
      return { kind: 'address', address: host[0], from: at, to: at + host[0].length };
  }
  if (!/[a-z]/.test(unit)) return null;
  const request = match(patterns.request, text, at);
  if (request) return { kind: 'request', request: `FCR-${request[1]}`, from: at, to: at + request[0].length };
  return ruleNamed(text, at, vocabulary);
}

/** What looks like an address and is none (10.1.2.300, a prefix with host bits) is a word nobody knows. */
function addressed(typed: string, at: number): Lexeme {
  const parsed = parseEndpoint(typed);
  const place = { from: at, to: at + typed.length };
  return parsed.ok ? { kind: 'address', address: formatEndpoint(parsed.endpoint), ...place } : { kind: 'not-role', ...place };
}

function numbered(text: string, at: number, [whole, first = '', last]: RegExpExecArray): Lexeme {
  const marked = /[:]/.test(text.charAt(at - 1));
  const negative = /(^|\s)-$/.test(text.slice(Math.max(0, at - 2), at));
  return { kind: 'number', first: negative ? `-${first}` : first, last: last ?? null, marked, from: at, to: at + whole.length };
}

/** An id as it is written (DIR-P4), or with its hyphens left out; and DIR-99, which looks like an id and is none. */
function ruleNamed(text: string, at: number, vocabulary: Vocabulary): Lexeme | null {
  for (const pattern of [patterns.ruleId, patterns.ruleLike]) {
    const found = match(pattern, text, at);
    const rule = found && vocabulary.rules.get(squeeze(found[0]));
    if (found && rule && !isWordBefore(found, vocabulary)) return { kind: 'rule', rule, from: at, to: at + found[0].length };
  }
  const like = match(patterns.ruleLike, text, at);
  if (like?.[2] !== '-' || !vocabulary.rulePrefixes.has(like[1] ?? '')) return null;
  return { kind: 'rule', rule: like[0].toUpperCase(), from: at, to: at + like[0].length };
}

/** "is 22 open" speaks of a port, not of the rule IS-22. */
function isWordBefore([, first = '', apart]: RegExpExecArray, vocabulary: Vocabulary): boolean {
  const word = vocabulary.phrases.longest(first, 0);
  return apart === ' ' && word?.end === first.length && word.meaning.kind === 'key';
}

function worded(text: string, at: number, unit: string, vocabulary: Vocabulary): Lexeme | null {
  const whole = vocabulary.phrases.longest(text, at);
  const shorter = whole && beforeName(whole, text, at, vocabulary);
  const exact = shorter ? { ...shorter, end: at + shorter.end } : whole;
  const run = /[a-z]/.test(text.charAt(at - 1)) || !beginsRun.test(unit) ? null : topologyRun(text, at);
  if (run && run.end > (exact?.end ?? at)) {
    const topologies = topologiesOf(run.features, vocabulary.featured);
    const role = roleOf(run.features, vocabulary);
    if (topologies.length > 0) return { kind: 'topology', topologies, product: false, role, from: at, to: run.end };
  }
  const site = exact?.meaning.kind === 'site' || !/[a-z站]/.test(unit) ? null : match(patterns.site, text, at);
  if (
    site &&
    site[0].length > (exact ? exact.end - at : 0) &&
    /site .|location .|站点/.test(site[0]) &&
    !/^(?:site|location) $/.test(site[0])
  )
    return { kind: 'not-role', from: at, to: at + site[0].length };
  if (han.test(unit) && !/["“”„«「『]/.test(text.charAt(at - 1))) {
    const meant = vocabulary.phrases.longest(text, at, (place) => lookAlike(text.charAt(place)) ?? text.charAt(place));
    if (meant?.meaning.kind === 'role' && meant.end > (exact?.end ?? at) && meant.end - at >= 2) {
      return { ...meant.meaning, corrected: true, from: at, to: meant.end };
    }
  }
  if (exact) return { ...exact.meaning, from: at, to: exact.end };
  if (han.test(unit)) return { kind: 'unknown', han: true, from: at, to: at + 1 };
  if (!startsWord.test(unit)) return null;
  const letters = /[a-z]/.test(unit) ? match(patterns.latin, text, at) : match(patterns.letters, text, at);
  return { kind: 'unknown', han: false, from: at, to: at + (letters?.[0].length ?? 1) };
}

/** The role that a run of topology words speaks of besides. */
function roleOf(features: Run['features'], vocabulary: Vocabulary): RoleId | null {
  const part = features.has('director') ? 'director' : features.has('edge') ? 'edge' : '';
  const found = vocabulary.phrases.longest(part, 0);
  return found?.meaning.kind === 'role' ? found.meaning.role : null;
}

/** Joins unknown characters to one run; a name with an unknown one right before it (某某控制器) is some other thing's name. */
function append(lexemes: Lexeme[], lexeme: Lexeme, text: string, vocabulary: Vocabulary): void {
  const before = lexemes.at(-1);
  const touches = before?.kind === 'unknown' && before.han && before.to === lexeme.from;
  const run = touches && lexeme.kind === 'unknown' && lexeme.han;
  const compound = touches && lexeme.kind === 'role' && vocabulary.tails.has(squeeze(text.slice(lexeme.from, lexeme.to)));
  if (before && run) lexemes[lexemes.length - 1] = { kind: 'unknown', han: true, from: before.from, to: lexeme.to };
  else if (before && compound) lexemes[lexemes.length - 1] = { kind: 'not-role', from: before.from, to: lexeme.to };
  else lexemes.push(lexeme);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Whether a piece carries no meaning of its own: articles, politeness, names of products. */
export function isPadding(lexeme: Lexeme): boolean {
  return lexeme.kind === 'topology' || lexeme.kind === 'site' || isKey(lexeme, 'filler', 'polite', 'product', 'count', 'all', 'mine');
}
