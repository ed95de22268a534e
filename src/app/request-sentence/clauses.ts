import type { Person } from '../../domain/actor.ts';
import { compared } from '../handlers/find-role.ts';
import { ruleOf } from '../handlers/site-binding.ts';
import type { Knowledge } from '../ports.ts';
import { type Masked, takeOut, whole } from './masked.ts';

/** What one clause says, in the words it was said in, and the text without it. */
export type Clause = { readonly said: string | null; readonly text: Masked };

const ticketWord = String.raw`(?:(?:\b(?:under|per|see|ref|reference|with|for)\s+)?\b(?:ticket|incident|change(?: request)?|case)\b|工单号?|变更单号?|单号|票号)`;
const ticketNumber = String.raw`(?:https?:\/\/[^\s,;。)]{3,300}|[A-Za-z]{0,10}[-_]?\d[\w-]{0,40})`;
const named = new RegExp(String.raw`[([]?${ticketWord}\s*(?:no\.?|number|nr\.?|is|是|为)?\s*[:#]?\s*#?(${ticketNumber})[)\]]?`, 'i');
const bare =
  /[([]?(?:\b(?:under|per|see|ref\.?|for)\s+)?(https?:\/\/[^\s,;。)]{3,300}|(?<![\w-])(?:[A-Z][A-Z0-9]{1,9}-\d{1,10}|(?:INC|CHG|RITM|REQ|CRQ|TASK)\d{4,12})(?![\w-]))[)\]]?/;
const noTicket = /^(?:tcp|udp|ip|ipv|icmp|port|site|fcr|tls|sfb|vlan|phase|rfc|utf|sha|iso)[-\d]/i;

const madePrefixes = new WeakMap<Knowledge['topologies'], ReadonlySet<string>>();

/** What the ids of rules begin with, in small letters. */
function rulePrefixes({ topologies }: Knowledge): ReadonlySet<string> {
  const made =
    madePrefixes.get(topologies) ??
    new Set(topologies.flatMap(({ rules }) => rules.map(({ id }) => id.split('-')[0]?.toLowerCase() ?? '')));
  madePrefixes.set(topologies, made);
  return made;
}

/** The number of a ticket elsewhere, or its address. Ids of rules and requests are none. */
export function ticketIn(text: Masked, knowledge: Knowledge): Clause {
  const prefixes = rulePrefixes(knowledge);
  const read = (match: RegExpExecArray) => {
    const found = match[1] ?? '';
    const isOurs = noTicket.test(found) || ruleOf(knowledge, found) !== null || prefixes.has(found.split('-')[0]?.toLowerCase() ?? '');
    const isService = /^\d+$/.test(found) && /^\s*[/-]?\s*(?:tcp|udp|\d)/i.test(text.open.slice(match.index + match[0].length));
    return isOurs || isService || (/change|case/i.test(match[0]) && /^\d+$/.test(found)) ? null : { found, piece: whole(match) };
  };
  const hit = takeOut(text, named, read) ?? takeOut(text, bare, read);
  return { said: hit?.found ?? null, text: hit?.text ?? text };
}

const email = String.raw`[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}`;

/** Whom it is asked for: "on behalf of Ada", "for approver@example.com", 代表陈安申请. */
export function behalfIn(text: Masked, people: readonly Person[]): Clause {
  const names = people
    .flatMap(({ name }) => [name])
    .sort((a, b) => b.length - a.length)
    .map(escaped);
  const known = [email, ...names].join('|');
  const someone = String.raw`[^,;.。:\uE000]{1,60}?(?=\s+(?:until|till|for|in|at|from|to|because|on|permanently|please)\b|[,;.。:\uE000]|$)`;
  const patterns = [
    new RegExp(String.raw`\bon behalf of\s+(${known}|${someone})`, 'i'),
    new RegExp(String.raw`\bfor\s+(${known})(?![\w@])`, 'i'),
    new RegExp(String.raw`(?:代表|代替|替|代|帮|为|给)\s*(${known})(?:\s*(?:提出|提交)?\s*(?=申请|开通|开放|放行|关闭|删除))?`, 'i'),
    /(?:代表|代替|(?<![^,;。:\s])[代替])\s*([\p{L} ]{2,20}?)(?=\s*(?:申请|提交|开通|开放|放行|关闭|删除|[,;。]|$))/iu,
  ];
  for (const pattern of patterns) {
    const hit = takeOut(text, pattern, (match) => ({ found: (match[1] ?? '').trim(), piece: whole(match) }));
    if (hit !== null && hit.found !== '') return { said: hit.found, text: hit.text };
  }
  return { said: null, text };
}

const notUrgent =
  /\b(?:not? an? emergency|non-?emergency|not urgent|no emergency|normal change|standard priority)\b|非紧急|不紧急|不急|常规变更|普通变更/i;
const emergency =
  /\b(?:as an? |this is an? |it(?:'s| is) an? |an )?emergency(?: (?:change|request))?(?=\s*(?:[,;:.!。\uE000)]|$|(?:open|allow|permit|close|remove)\b))|\bemergency (?:change|request|opening)\b|紧急(?:变更|申请|开通|开放|放行|关闭|删除|需求)|(?:^|[,;:。!\s])(?:情况)?紧急(?=\s*(?:[,;:。!\uE000]|$))|应急变更/i;
const urgent = /\b(?:urgent(?:ly)?|asap|as soon as possible|high priority)\b|加急|尽快|急需|紧急(?!呼叫|电话|服务|救援)/i;
/** The verb after 紧急 belongs to the order, not to the haste. */
const verbAfter = /(?<=紧急)(?:申请|开通|开放|放行|关闭|删除)$/;

/** `emergency` or `normal`, or the word that may mean either. */
export function urgencyIn(text: Masked): Clause {
  for (const [pattern, said] of [
    [notUrgent, 'normal'],
    [emergency, 'emergency'],
    [urgent, null],
  ] as const) {
    const hit = takeOut(text, pattern, (match) => {
      const kept = verbAfter.exec(match[0])?.[0].length ?? 0;
      const piece = whole(match);
      return { found: said ?? match[0].trim(), piece: { ...piece, to: piece.to - kept } };
    });
    if (hit !== null) return { said: hit.found, text: hit.text };
  }
  return { said: null, text };
}

export type SiteClause = { readonly ids: readonly string[]; readonly said: string | null; readonly text: Masked };

/** The sites that are named; a name that no site has is `said`. */
export function siteIn(text: Masked, { sites }: Knowledge): SiteClause {
  const names = sites.flatMap((site) => [site.id, site.name.en, site.name['zh-CN'], ...site.aliases]);
  const long = [...new Set(names.map((name) => name.normalize('NFKC')))]
    .filter((name) => compared(name).length > 1)
    .sort((a, b) => b.length - a.length);
  const before = String.raw`(?:\b(?:in|at|for|on|within)\s+(?:the\s+)?|@\s*|在|于)?`;
  const after = String.raw`(?:\s*(?:中|里|内(?![部网侧外])|的(?=边缘|前端|反向|控制)|上))?`;
  const edge = (name: string) =>
    `${/^[a-z0-9]/i.test(name) ? '(?<![A-Za-z0-9-])' : ''}${escaped(name)}${/[a-z0-9]$/i.test(name) ? '(?![A-Za-z0-9-])' : ''}`;
  const known = new RegExp(`${before}(${long.map(edge).join('|') || '(?!)'})${after}`, 'i');
  const ids = new Set<string>();
  let rest = text;
  let said: string | null = null;
  for (let turn = 0; turn < 4; turn += 1) {
    const hit = takeOut(rest, known, (match) => ({ found: match[1] ?? '', piece: whole(match) }));
    if (hit === null) break;
    said ??= hit.found;
    for (const site of sites) {
      const own = [site.id, site.name.en, site.name['zh-CN'], ...site.aliases].map(compared);
      if (own.includes(compared(hit.found))) ids.add(site.id);
    }
    rest = hit.text;
  }
  if (ids.size > 0) return { ids: [...ids], said, text: rest };
  const unknown = takeOut(rest, /(?:\b(?:in|at|for)\s+(?:the\s+)?)(site\s+[\w-]{1,30})|(?:在|于)?(站点\s*[A-Za-z0-9]{1,20})/i, (match) => ({
    found: match[1] ?? match[2] ?? '',
    piece: whole(match),
  }));
  return { ids: [], said: unknown?.found ?? null, text: unknown?.text ?? rest };
}

/** A name as a pattern, whatever the spaces in it. */
function escaped(name: string): string {
  return name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replace(/\s+/g, String.raw`[\s_-]*`);
}
