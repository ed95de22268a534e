import { portsOverlap } from '../domain/port-ranges.ts';
import type { RoleId } from '../domain/role.ts';
import { formatPorts } from '../domain/service.ts';
import type { MessageParam } from '../locale.ts';
import type { DraftRule, Remark } from './drafted.ts';
import type { Names } from './ends.ts';
import type { PortInProse } from './prose-ports.ts';

/** What a sentence says of a port, beside what the drafted rules say of it. Nothing is ever added to the rules from it. */
export function compareProse(named: PortInProse, rules: readonly DraftRule[], names: Names): Remark {
  const { line, sentence, ports, transport } = named;
  const having = rules.filter((rule) => rule.ports.length > 0 && portsOverlap(rule.ports, ports) && agrees(rule.transport, transport));
  const params = {
    port: [transport, formatPorts(ports)].filter((part) => part !== null).join(' '),
    sentence: sentence.length > 300 ? `${sentence.slice(0, 299)}…` : sentence,
    rules: having
      .slice(0, 20)
      .map(({ id }) => id)
      .join(', '),
    roles: said(named.roles, names),
  };
  if (having.length === 0) return { kind: 'gap', line, message: { key: 'import.prose.no-row', params } };
  const missing = missingPairs(named, having, names);
  if (missing.length > 0)
    return { kind: 'gap', line, message: { key: 'import.prose.missing', params: { ...params, missing: missing.join('; ') } } };
  const absent = named.from.length > 0 ? [] : named.roles.filter((role) => !having.some((rule) => speaksOf(rule, role, names)));
  if (absent.length > 0)
    return { kind: 'gap', line, message: { key: 'import.prose.absent', params: { ...params, missing: said(absent, names) } } };
  return { kind: 'read', line, message: { key: 'import.prose.has-row', params } };
}

const agrees = (stated: DraftRule['transport'], said: PortInProse['transport']): boolean =>
  stated === null || said === null || stated === said;

/** The directions that the sentence states and no rule of the port has. */
function missingPairs({ from, to }: PortInProse, rules: readonly DraftRule[], names: Names): readonly string[] {
  return from.flatMap((source) =>
    to.flatMap((destination) => {
      const stated = rules.some((rule) => isNamed(rule.source, source, names) && isNamed(rule.destination, destination, names));
      return stated ? [] : [`${source} → ${destination}`];
    }),
  );
}

function speaksOf(rule: DraftRule, role: RoleId, names: Names): boolean {
  return [rule.source, rule.destination, rule.role === null ? [] : [rule.role]].some((end) => isNamed(end, role, names));
}

function isNamed(end: DraftRule['source'], role: RoleId, { tree }: Names): boolean {
  const matching: ReadonlySet<string> = tree.matching(role);
  return end.some(({ id }) => matching.has(id) || id === tree.any);
}

function said(roles: readonly RoleId[], names: Names): MessageParam {
  const listed = roles.map((role) => names.roles.get(role)?.name);
  const join = (locale: 'en' | 'zh-CN', mark: string) => listed.flatMap((name) => (name ? [name[locale]] : [])).join(mark) || '–';
  return { en: join('en', ', '), 'zh-CN': join('zh-CN', '、') };
}
