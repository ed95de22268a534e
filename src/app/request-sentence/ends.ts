import type { RoleId } from '../../domain/role.ts';
import { catalogueOf } from '../answer-knowledge.ts';
import { readText } from '../answer-question.ts';
import { findRole } from '../handlers/find-role.ts';
import type { Knowledge } from '../ports.ts';
import { isAddressMark, isServiceMark, type Marked } from './services.ts';

/** One end of a flow: roles as the catalogue speaks of them, addresses as typed, and words that are neither. */
export type End = { readonly roles: readonly RoleId[]; readonly addresses: readonly string[]; readonly unknown: readonly string[] };
export type Ends = {
  readonly from: End;
  readonly to: End;
  readonly both: boolean;
  /** Words around them that say something else. */
  readonly rest: readonly string[];
};

const sourceMark = String.raw`(?:\bfrom\b|\bsource\b(?:\s*(?:is|:))?|从|由|自|源(?:地址|端|ip)?\s*(?:是|为|:)?|来源\s*(?:是|为|:)?)`;
const targetMark = String.raw`(?:-+>|=+>|→|⇒|➔|\bto (?:reach|access|contact|connect to|talk to|get to)\b|\b(?:in)?to\b|\btowards?\b|\breach(?:es)?\b|\baccess(?:es)?\b|\bdestination\b(?:\s*(?:is|:))?|到|至|往|访问|存取|连接|目(?:标|的)(?:地址|端|ip)?\s*(?:是|为|:)?)`;
const bothMark = '(?:<-+>|<=+>|↔|⇔)';

const forms: readonly { readonly pattern: RegExp; readonly turned: boolean; readonly both: boolean }[] = [
  { pattern: /^(.*?)\bbetween\s+(.+?)\s+(?:and|&)\s+(.+)$/i, turned: false, both: true },
  { pattern: /^(.*?)(?:在)?([^和与跟]+?)(?:和|与|跟)(.+?)(?:之间|间)(?:双向|互通|的|$)/, turned: false, both: true },
  { pattern: new RegExp(String.raw`^()(.+?)\s*${bothMark}\s*(.+)$`, 'i'), turned: false, both: true },
  { pattern: new RegExp(String.raw`^(.*?)${sourceMark}\s*(.+?)\s*[,;]?\s*${targetMark}\s*(.+)$`, 'i'), turned: false, both: false },
  { pattern: new RegExp(String.raw`^(.*?)${targetMark}\s*(.+?)\s*${sourceMark}\s*(.+)$`, 'i'), turned: true, both: false },
  { pattern: new RegExp(String.raw`^()(.+?)\s*${targetMark}\s*(.+)$`, 'i'), turned: false, both: false },
];

/** Who is to reach whom in one part of an order; an end that is not said is empty. */
export function endsIn({ text, meant }: Marked, knowledge: Knowledge): Ends {
  const reader: Reader = { knowledge, meant };
  const isWayBack = /双向|互通|(?:,?\s*\band\s+)?\bvice versa\b|\b(?:in )?both (?:ways|directions)\b/i;
  const plain = text.replace(isWayBack, ' ').replace(/[?!]/g, ' ').replace(/\s+/g, ' ').trim();
  for (const { pattern, turned, both } of forms) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    const [, lead = '', one = '', other = ''] = match;
    const [first, second] = [endOf(one, 'last', reader), endOf(other, 'first', reader)];
    const [from, to] = turned ? [second, first] : [first, second];
    if (isNobody(from.end) || isNobody(to.end)) continue;
    return { from: from.end, to: to.end, both: both || isWayBack.test(text), rest: [lead, ...from.rest, ...to.rest].flatMap(worthSaying) };
  }
  return read(plain, text, reader);
}

type Reader = { readonly knowledge: Knowledge; readonly meant: Marked['meant'] };

const nobody: End = { roles: [], addresses: [], unknown: [] };
const isNobody = ({ roles, addresses, unknown }: End): boolean => roles.length + addresses.length + unknown.length === 0;

/** Where no form fits: as the reader of questions takes it, or the one end that is said. */
function read(plain: string, text: string, reader: Reader): Ends {
  const hasAddresses = [...text].some(isAddressMark);
  const { intent } = readText(`which ports: ${unmarked(plain, new Map())}`, reader.knowledge);
  if (
    !hasAddresses &&
    'reading' in intent &&
    intent.kind !== 'unknown-role' &&
    intent.reading.from.length > 0 &&
    intent.reading.to.length > 0
  ) {
    const [from, to] = [intent.reading.from, intent.reading.to].map((roles) => ({ ...nobody, roles: narrowed(roles, reader.knowledge) }));
    if (from !== undefined && to !== undefined) return { from, to, both: intent.reading.both, rest: [] };
  }
  const only = new RegExp(String.raw`^(.*?)(?:(${targetMark})|(${sourceMark}))\s*(.+)$`, 'i').exec(plain);
  if (only === null) return { from: nobody, to: nobody, both: false, rest: worthSaying(unmarked(plain, reader.meant)) };
  const { end, rest } = endOf(only[4] ?? '', 'first', reader);
  const around = [only[1] ?? '', ...rest].flatMap(worthSaying);
  return only[2] === undefined
    ? { from: end, to: nobody, both: false, rest: around }
    : { from: nobody, to: end, both: false, rest: around };
}

const separators = /\s*(?:,|;|、|&|\band\b|和|与|及|以及|跟)\s*/i;

/** `near`: which side of the words stands next to the marker; the other side may say something else. */
function endOf(words: string, near: 'first' | 'last', reader: Reader): { readonly end: End; readonly rest: readonly string[] } {
  const roles: RoleId[] = [];
  const addresses: string[] = [];
  const unknown: string[] = [];
  const rest: string[] = [];
  const tokens = words.split(separators).filter((token) => token.trim() !== '');
  for (const [place, token] of tokens.entries()) {
    const found = nameIn(token, near, reader);
    if (found === null) {
      const isNext = place === (near === 'first' ? 0 : tokens.length - 1);
      const [said] = worthSaying(unmarked(token, new Map()).replace(edges, ''));
      if (isNext && said !== undefined) unknown.push(said);
      else rest.push(unmarked(token, new Map()));
      continue;
    }
    roles.push(...found.roles);
    addresses.push(...found.addresses);
    rest.push(...found.rest);
  }
  return { end: { roles: [...new Set(roles)], addresses: [...new Set(addresses)], unknown }, rest };
}

/** What may stand at either side of a name. */
const edges =
  /^(?:(?:the|an?|host|server)\s+)+|(?:\s+(?:on|over|via|at|in|for|with|ports?|please|traffic|opened))+\s*$|(?:的|端口|上|开通|放行|打开)+\s*$/gi;

/** 边缘要访问…, 从边缘开通到…: a verb may stand right behind the name. */
const hanVerbs = /(?:开通|开放|放行|打开|关闭|删除|需要|申请|可以|要|能|去)+$/;

type Name = { readonly roles: readonly RoleId[]; readonly addresses: readonly string[]; readonly rest: readonly string[] };

/** The longest name that a token begins (or ends) with. */
function nameIn(token: string, near: 'first' | 'last', reader: Reader): Name | null {
  const marks = [...token].filter(isAddressMark);
  if (marks.length > 0) {
    const around = unmarked([...token].filter((mark) => !isAddressMark(mark)).join(''), new Map());
    return { roles: [], addresses: marks.map((one) => reader.meant.get(one) ?? ''), rest: [around] };
  }
  const plain = [...token]
    .filter((mark) => !isServiceMark(mark))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(hanVerbs, '');
  const isHan = /\p{Script=Han}/u.test(plain);
  const units = isHan ? [...plain] : plain.split(' ');
  const glue = isHan ? '' : ' ';
  for (let kept = Math.min(units.length, isHan ? 30 : 12); kept > 0; kept -= 1) {
    const name = (near === 'first' ? units.slice(0, kept) : units.slice(-kept)).join(glue);
    const cut = near === 'first' ? kept : units.length - kept;
    if (isHan && /^[a-z0-9]{2}$/i.test(`${units[cut - 1] ?? ''}${units[cut] ?? ''}`)) continue;
    const role = findRole(reader.knowledge, name);
    if (role === null) continue;
    const rest = (near === 'first' ? units.slice(kept) : units.slice(0, -kept)).join(glue);
    return { roles: narrowed([role.id], reader.knowledge), addresses: [], rest: [rest] };
  }
  return misspelt(plain, reader.knowledge);
}

/** A name with a slip in it, as the reader of questions knows it. */
function misspelt(plain: string, knowledge: Knowledge): Name | null {
  const said = plain.replace(fillers, ' ').trim();
  if (said === '' || said.length > 60) return null;
  const { intent } = readText(`which ports from ${said}`, knowledge);
  if (intent.kind !== 'ports' || intent.reading.from.length !== 1 || intent.corrections.length !== 1) return null;
  return { roles: narrowed(intent.reading.from, knowledge), addresses: [], rest: [] };
}

function narrowed(roles: readonly RoleId[], knowledge: Knowledge): readonly RoleId[] {
  const catalogue = catalogueOf(knowledge);
  return [...new Set(roles.flatMap((role) => catalogue.narrow(role)))];
}

const fillers =
  /\b(?:please|pls|thanks|thank you|thx|traffic|access|connections?|connectivity|communications?|ports?|the|an?|on|over|via|in|at|for|to|from|of|now|only|and|also|direction|outbound|inbound|firewall|rules?|flows?|services?|opened|open|allowed|enabled|be|it|this|these|following|all|new|that|with|using|network|hosts?|servers?|i|we|need|us|me|is|are|was|it's|let|yes|no|requested|needed|required)\b|端口|访问|流量|请|谢谢|多谢|权限|服务|开通|开放|放行|打开|关闭|删除|一下|连接|通信|防火墙|规则|策略|的|上|在|和|与|及|由|从|为|了|吧|需要|使用|走|协议|单向|方向|所有|全部|以下|如下|这些|吗|能|帮我|麻烦|申请|变更|请求|把|将|给|让/gi;

/** Words that say something, without what only holds a sentence together. */
export function worthSaying(words: string): readonly string[] {
  const bare = words.replace(fillers, ' ').replace(/[^\p{L}\p{N}]+/gu, '');
  const said = unmarked(words, new Map())
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.。、()-]+|[\s,;:.。、(-]+$/g, '');
  return bare === '' || said === '' ? [] : [said];
}

/** Marks give way to what they stand for, or to nothing. */
export function unmarked(text: string, meant: Marked['meant']): string {
  return text
    .replace(/[\uE000-\uEFFF]/g, (one) => ` ${meant.get(one) ?? ''} `)
    .replace(/\s+/g, ' ')
    .trim();
}
