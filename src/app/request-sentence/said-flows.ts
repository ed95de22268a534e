import type { Catalogue, RuleQuery } from '../../domain/catalogue.ts';
import { parsePorts, parseService } from '../../domain/parse-service.ts';
import { portsWithin } from '../../domain/port-ranges.ts';
import type { RoleId } from '../../domain/role.ts';
import type { Rule, RuleId } from '../../domain/rule.ts';
import { formatPorts, type PortRange, type Transport } from '../../domain/service.ts';
import { compared } from '../handlers/find-role.ts';
import { ruleOf } from '../handlers/site-binding.ts';
import type { Knowledge } from '../ports.ts';
import { type End, type Ends, endsIn, worthSaying } from './ends.ts';
import { isServiceMark, type Marked, mark, serviceMark } from './services.ts';

/** A flow as it was said: role ids, addresses and unknown words at its ends. `?` stands for what was not said. */
export type SaidFlow = { readonly from: readonly string[]; readonly to: readonly string[]; readonly service: string };

export type SaidFlows = {
  /** Rules of the catalogue that open just what was asked for, between these roles. */
  readonly rules: readonly RuleId[];
  readonly from: readonly RoleId[];
  readonly to: readonly RoleId[];
  /** What is asked for besides. */
  readonly flows: readonly SaidFlow[];
  readonly rest: readonly string[];
};

const ruleLike = /(?<![\w-])[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+(?![\w-])/gi;

const ahead = String.raw`(?=(?:(?:open|allow|permit|close|remove|开通|放行|关闭|允许)\s*)?(?:${serviceMark}[\s,、和]*(?:and\s+)?)*\s*(?:\bfrom\b|从))`;
const between = new RegExp(
  String.raw`\s*(?:[;。!]|\.(?=\s|$))\s*|\s*(?:,?\s*\b(?:and|plus|as well as)\b|,|、|以及|和|并|还有|,?另外)\s*${ahead}`,
  'i',
);

/** What an order says of flows, its verb and its other clauses taken out. */
export function flowsIn(order: string, knowledge: Knowledge, catalogue: Catalogue): SaidFlows {
  const rules = new Set<RuleId>();
  const named = order.replace(ruleLike, (said) => {
    const found = ruleOf(knowledge, said);
    if (found !== null) rules.add(found.rule.id);
    return found === null ? said : ' ';
  });
  const marked = mark(named);
  const flows: SaidFlow[] = [];
  const rest: string[] = [];
  const ends: Ends[] = [];
  for (const { part, services } of parts(marked, knowledge)) {
    const { topics, others } = topicsIn(part.rest, knowledge);
    rest.push(...others);
    const isEmpty = [part.from, part.to].every(isNobody) && services.length === 0;
    if (isEmpty) continue;
    ends.push(part);
    for (const made of part.both ? [part, { ...part, from: part.to, to: part.from }] : [part]) {
      const asked = flowsOf(made, services, topics, catalogue);
      for (const rule of asked.rules) rules.add(rule);
      flows.push(...asked.flows);
    }
  }
  const roles = (side: 'from' | 'to') => [
    ...new Set(ends.flatMap((end) => (end.both ? [...end.from.roles, ...end.to.roles] : end[side].roles))),
  ];
  return { rules: [...rules], from: roles('from'), to: roles('to'), flows: once(flows), rest };
}

type Part = { readonly part: Ends; readonly services: readonly string[] };

/** Each pair of ends with its services. Services that stand alone belong to the ends that have none. */
function parts({ text, meant }: Marked, knowledge: Knowledge): readonly Part[] {
  const read = text.split(between).map((piece): Part => {
    const services = [...piece].filter(isServiceMark).map((one) => meant.get(one) ?? '');
    return { part: endsIn({ text: [...piece].filter((one) => !isServiceMark(one)).join(''), meant }, knowledge), services };
  });
  const alone = read.filter(({ part, services }) => isEndless(part) && services.length > 0);
  const withEnds = read.filter(({ part }) => !isEndless(part));
  if (withEnds.length === 0) return read;
  const lent = alone.flatMap(({ services }) => services);
  const needy = withEnds.filter(({ services }) => services.length === 0);
  const shared = withEnds.map((one) =>
    one.services.length === 0 || (needy.length === 0 && one === withEnds[0]) ? { ...one, services: [...lent, ...one.services] } : one,
  );
  return [...read.filter(({ part }) => isEndless(part)).map(({ part }) => ({ part, services: [] })), ...shared];
}

const isNobody = ({ roles, addresses, unknown }: End): boolean => roles.length + addresses.length + unknown.length === 0;
const isEndless = ({ from, to }: Ends): boolean => isNobody(from) && isNobody(to);

/** Applications and purposes that are named instead of ports: "SIP". */
function topicsIn(
  rest: readonly string[],
  { topics }: Knowledge,
): { readonly topics: readonly string[]; readonly others: readonly string[] } {
  const names = new Map(
    topics.flatMap(({ id, name, aliases }) =>
      [id, name.en, name['zh-CN'], ...aliases.en, ...aliases['zh-CN']].map((said): [string, string] => [compared(said), id]),
    ),
  );
  const found: string[] = [];
  const others = rest.flatMap((said) => {
    const words = said
      .split(/\s*(?:,|\band\b|和|与|、|\/)\s*/i)
      .map((word) =>
        word.replace(
          /^(?:for|on|over|via|using|with|the)\s+|\s*(?:traffic|ports?|service|protocol|端口|流量|协议|服务)$|^(?:的|走|用)|的$/gi,
          '',
        ),
      );
    const ids = words.map((word) => names.get(compared(word)));
    found.push(...ids.filter((id) => id !== undefined));
    return ids.every((id) => id !== undefined) ? [] : worthSaying(said);
  });
  return { topics: [...new Set(found)], others };
}

type Asked = { readonly rules: readonly RuleId[]; readonly flows: readonly SaidFlow[] };

function flowsOf({ from, to }: Ends, services: readonly string[], topics: readonly string[], catalogue: Catalogue): Asked {
  const plain = [from, to].every(({ roles, addresses, unknown }) => roles.length > 0 && addresses.length + unknown.length === 0);
  if (!plain) {
    const [source, destination] = [from, to].map((end) => (isNobody(end) ? ['?'] : [...end.roles, ...end.addresses, ...end.unknown]));
    const said = services.length > 0 ? services : topics.length > 0 ? topics : ['?'];
    return { rules: [], flows: said.map((service) => ({ from: source ?? [], to: destination ?? [], service })) };
  }
  const pairs = from.roles.flatMap((source) => to.roles.map((destination) => ({ source, destination })));
  const asked = pairs.flatMap((pair) =>
    services.length === 0 ? [listed(pair, topics, catalogue)] : services.map((service) => served(pair, service, catalogue)),
  );
  return { rules: asked.flatMap(({ rules }) => rules), flows: asked.flatMap(({ flows }) => flows) };
}

type Pair = { readonly source: RoleId; readonly destination: RoleId };

function explicit(
  { source, destination }: Pair,
  query: Pick<RuleQuery, 'ports' | 'transport' | 'application'>,
  catalogue: Catalogue,
): readonly Rule[] {
  const found = catalogue.ask({ from: [source], to: [destination], both: false, ...query });
  return found.filter(({ match }) => match === 'explicit').map(({ rule }) => rule);
}

/** No port is said: all that the catalogue has for it. */
function listed(pair: Pair, topics: readonly string[], catalogue: Catalogue): Asked {
  const rules = explicit(pair, { ports: [], transport: null, application: topics }, catalogue);
  if (rules.length > 0) return { rules: rules.map(({ id }) => id), flows: [] };
  return { rules: [], flows: [line(pair, topics.length > 0 ? topics.join(', ') : '?')] };
}

/** What of a service the catalogue's rules open is taken from them; the rest of it is asked for as it was said. */
function served(pair: Pair, service: string, catalogue: Catalogue): Asked {
  const parsed = parseService(service);
  const bare = parsePorts(service);
  if (!parsed.ok && !bare.ok) return { rules: [], flows: [line(pair, service)] };
  const transport = parsed.ok ? parsed.transport : null;
  const ports = parsed.ok ? parsed.ports : bare.ok ? bare.ports : [];
  const found = explicit(pair, { ports, transport, application: [] }, catalogue).filter(
    (rule) => rule.transport !== null && rule.ports.length > 0,
  );
  const isOne = new Set(found.map((rule) => rule.transport)).size === 1;
  const rules = isOne ? found : transport === null ? [] : found;
  const exact = rules.filter((rule) => portsWithin(rule.ports, ports));
  const inside = rules.filter((rule) => !exact.includes(rule));
  const within = inside.flatMap((rule) => partOf(pair, rule, ports));
  const left = ports.filter(
    (range) =>
      !portsWithin(
        [range],
        rules.flatMap((rule) => rule.ports),
      ),
  );
  if (ports.length === 0) return { rules: exact.map(({ id }) => id), flows: exact.length === 0 ? [line(pair, service)] : [] };
  const others = left.length === 0 ? [] : [line(pair, written(left, transport))];
  return { rules: exact.map(({ id }) => id), flows: [...within, ...others] };
}

/** The asked ports of a rule that opens more of them. */
function partOf(pair: Pair, rule: Rule, ports: readonly PortRange[]): readonly SaidFlow[] {
  const common = ports.filter((range) => portsWithin([range], rule.ports));
  if (common.length === 0) return [];
  const source = rule.source.includes(pair.source) ? [pair.source] : [...rule.source];
  return [{ from: source, to: [rule.via ?? pair.destination], service: written(common, rule.transport) }];
}

function line({ source, destination }: Pair, service: string): SaidFlow {
  return { from: [source], to: [destination], service };
}

function written(ports: readonly PortRange[], transport: Transport | null): string {
  return transport === null ? formatPorts(ports) : `${formatPorts(ports)}/${transport}`;
}

function once(flows: readonly SaidFlow[]): readonly SaidFlow[] {
  return [...new Map(flows.map((flow) => [JSON.stringify(flow), flow])).values()];
}
