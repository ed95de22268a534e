import { parseEndpoint } from '../../domain/address.ts';
import { parsePorts } from '../../domain/parse-service.ts';

/** A text in which addresses and services stand as one character each. */
export type Marked = {
  readonly text: string;
  /** What a character stands for: an address as typed, or a service (`443, 4443/tcp`, or ports whose transport was not said). */
  readonly meant: ReadonlyMap<string, string>;
};

const firstAddress = 0xe100;
const firstService = 0xe800;
export const isAddressMark = (mark: string): boolean => /^[\uE100-\uE7FF]$/.test(mark);
export const isServiceMark = (mark: string): boolean => /^[\uE800-\uEFFF]$/.test(mark);
export const serviceMark = String.raw`[\uE800-\uEFFF]`;

const v4 = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
const v6 = `(?:[0-9a-f]{1,4}:){2,7}[0-9a-f]{1,4}|(?:[0-9a-f]{0,4}:){1,7}:[0-9a-f]{0,4}(?::[0-9a-f]{1,4}){0,6}|(?:::)(?:[0-9a-f]{1,4}:){0,6}(?:${v4}|[0-9a-f]{1,4})`;
const host = String.raw`(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.){1,10}[a-z][a-z0-9-]{1,62}`;
const address = new RegExp(
  String.raw`(?<![\w.:])(?:(?:${v4})(?:\s*-\s*${v4}|\/\d{1,3}(?:\.\d{1,3}){0,3})?(?![\w.]*\w)|(?:${v6})(?:\s*-\s*(?:${v6})|\/\d{1,3})?(?![\w:])|${host}(?![\w@]))`,
  'gi',
);

const transport = '(?:tcp|udp)';
const joint = String.raw`\s*(?:\/|&|\+|,|\band\b|\bor\b|和|与|及|、)\s*`;
const both = `${transport}(?:${joint}${transport})?`;
const list = String.raw`\d{1,6}(?:-\d{1,6})?(?:\s*,\s*\d{1,6}(?:-\d{1,6})?)*`;
const portWord = String.raw`(?:\bports?(?: numbers?)?\b|端口号?|埠|口)`;
const first = new RegExp(
  String.raw`(?<![a-z])(${both})\s*(?:\bdestination\b\s*)?${portWord}?\s*(?:is|are|:|为|是|\/)?\s*(${list})(?!\d|\s*[/]?\s*${transport})\s*${portWord}?`,
  'gi',
);
const last = new RegExp(
  String.raw`(?:(?<![a-z])${portWord}\s*:?\s*)?(?<![\w.])(${list})\s*${portWord}?\s*[/:(]?\s*(${both})(?![a-z])\)?\s*${portWord}?`,
  'gi',
);
const icmp = /(?<![a-z])(?:icmpv6|icmp)(?![a-z])/gi;
const bare = new RegExp(String.raw`(${portWord}\s*:?\s*)?(?<![\w.-])(${list})(?![\w.]*\w)\s*(${portWord})?`, 'gi');
const alone = new RegExp(
  String.raw`(?:\b(?:over|via|on|using|with)\s+|[(]|走|使用|用)?(?<![a-z])(${both})(?![a-z])[)]?\s*(?:protocol|协议)?`,
  'i',
);

/** Puts a character in the place of every address and every service of a text. */
export function mark(text: string): Marked {
  const meant = new Map<string, string>();
  let addresses = 0;
  let services = 0;
  const addressMark = (said: string): string => {
    const one = String.fromCharCode(firstAddress + addresses);
    addresses += 1;
    meant.set(one, said);
    return one;
  };
  const service = (said: string): string => {
    const one = String.fromCharCode(firstService + services);
    services += 1;
    meant.set(one, said);
    return ` ${one} `;
  };
  const transports = (said: string): readonly string[] => [...new Set((said.match(/tcp|udp/gi) ?? []).map((name) => name.toLowerCase()))];
  const each = (ports: string, said: string): string =>
    transports(said)
      .map((name) => service(`${spaced(ports)}/${name}`))
      .join('');
  let rest = text.replace(address, (said) => (isAddress(said) ? addressMark(said) : said));
  rest = lists(rest);
  rest = rest.replace(first, (_, said: string, ports: string) => each(ports, said));
  rest = rest.replace(last, (_, ports: string, said: string) => each(ports, said));
  rest = rest.replace(icmp, (said) => service(said.toLowerCase()));
  const lone = alone.exec(rest);
  const over = lone === null ? [] : transports(lone[1] ?? '');
  let used = false;
  rest = rest.replace(bare, (said, before: string | undefined, ports: string, behind: string | undefined, at: number) => {
    const called = before !== undefined || behind !== undefined;
    if (!called && !isPort(ports, rest.slice(Math.max(0, at - 24), at), rest.slice(at + said.length, at + said.length + 16))) return said;
    used = true;
    return over.length === 0 ? service(spaced(ports)) : over.map((name) => service(`${spaced(ports)}/${name}`)).join('');
  });
  if (used && lone !== null) rest = rest.replace(lone[0], ' ');
  return { text: rest, meant };
}

function isAddress(said: string): boolean {
  const parsed = parseEndpoint(said);
  return parsed.ok || parsed.problem.kind !== 'not-an-address' || /^\d{1,3}(?:\.\d{1,3}){3}/.test(said);
}

/** "443 and 4443" is a list, "50001 to 50003" a range. */
function lists(text: string): string {
  return text
    .replace(/(?<![\w.])(\d{1,6})\s*(?:-|–|~|\bto\b|\bthrough\b|\bthru\b|到|至)\s*(?=\d{1,6}(?![\w.:]))/gi, '$1-')
    .replace(/(?<=\d)\s*(?:,?\s*\band\b|&|\bor\b|和|与|及|以及|、|\/)\s*(?=\d)/gi, ', ')
    .replace(/(?<=\d),\s*(?=\d)/g, ', ');
}

const spaced = (ports: string): string => ports.replace(/\s*,\s*/g, ', ').trim();

/** A number that nobody calls a port may be a version, a year or an amount. */
function isPort(ports: string, before: string, behind: string): boolean {
  if (/(?:server|lync|skype|exchange|windows|office|version|release|pool|site|phase|vlan|floor|building|room|#|第)\s*$/i.test(before))
    return false;
  if (
    /^\s*(?:servers?|hosts?|machines?|nodes?|directors?|edges?|hours?|days?|weeks?|months?|years?|minutes?|users?|%|台|个|条|天|周|月|年|小时|分钟)/i.test(
      behind,
    )
  )
    return false;
  const parsed = parsePorts(ports);
  return parsed.ok ? parsed.ports.every(({ from }) => from >= 20) : /^\d{4,6}$/.test(ports);
}
