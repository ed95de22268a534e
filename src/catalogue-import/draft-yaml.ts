import { Document, isMap, isScalar, isSeq, type Pair, Scalar, type YAMLMap } from 'yaml';
import { formatPorts, type PortRange } from '../domain/service.ts';
import type { DraftTopology } from './draft-topology.ts';
import type { DraftRole, DraftRule } from './drafted.ts';

export type Comments = {
  /** Stands at the top. */
  readonly opening: readonly string[];
  /** Stands beside a role that no role of the data is. */
  readonly unknown: (printed: string) => string;
};

const everyPort = (ports: readonly PortRange[]): boolean => ports.length === 1 && ports[0]?.from === 1 && ports[0].to === 65535;
export const writtenPorts = (ports: readonly PortRange[]): string => (everyPort(ports) ? 'any' : formatPorts(ports));

/** The draft as a catalogue file. What it does not know stands out: in `gaps`, and as ids that no role has. */
export function draftYaml({ rules, ...topology }: DraftTopology, comments: Comments): string {
  const document = new Document({ ...topology, rules: rules.map(plainRule) }, { aliasDuplicateObjects: false });
  document.commentBefore = ` yaml-language-server: $schema=../schemas/topology.schema.json\n${comments.opening.map((line) => ` ${oneLine(line)}`).join('\n')}`;
  const revised = document.getIn(['document', 'revised'], true);
  // Unquoted, other readers of YAML would take it for a date.
  if (isScalar(revised) && revised.value !== null) revised.type = Scalar.QUOTE_DOUBLE;
  const list = document.get('rules');
  if (isSeq(list)) {
    list.items.forEach((item, index) => {
      const rule = rules[index];
      if (!isMap(item) || rule === undefined) return;
      if (index > 0) item.spaceBefore = true;
      style(item);
      markUnknown(item, rule, comments);
    });
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Only what says something, but for what every rule is compared by. */
function plainRule(rule: DraftRule): Record<string, unknown> {
  const ids = (roles: readonly DraftRole[]): readonly string[] | undefined => (roles.length === 0 ? undefined : roles.map(({ id }) => id));
  const { source_ports, notes, gaps, role } = rule;
  const fields = {
    id: rule.id,
    role: role?.id,
    source: ids(rule.source),
    source_may_be: ids(rule.source_may_be),
    source_as: rule.source_as ?? undefined,
    source_ports: source_ports.length === 0 ? undefined : writtenPorts(source_ports),
    destination: ids(rule.destination),
    destination_may_be: ids(rule.destination_may_be),
    destination_as: rule.destination_as ?? undefined,
    via: rule.via,
    transport: rule.transport,
    ports: writtenPorts(rule.ports),
    application: rule.application,
    security: rule.security,
    gaps: gaps.length === 0 ? undefined : gaps,
    purpose: rule.purpose,
    place: rule.place,
    notes: notes.length === 0 ? undefined : notes,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function style(rule: YAMLMap): void {
  for (const { key, value } of rule.items) {
    const name = isScalar(key) ? key.value : null;
    if (isSeq(value) && name !== 'notes') value.flow = true;
    if (isMap(value) && name === 'place') value.flow = true;
    if (name === 'ports' && isScalar(value)) value.type = Scalar.QUOTE_DOUBLE;
  }
}

function markUnknown(item: YAMLMap, rule: DraftRule, { unknown }: Comments): void {
  for (const field of ['role', 'source', 'destination'] as const) {
    const roles = rule[field] === null ? [] : [rule[field]].flat();
    const printed = roles.flatMap((role) => (role.printed === null ? [] : [role.printed]));
    const pair = item.items.find((one) => isScalar(one.key) && one.key.value === field);
    if (printed.length > 0 && pair) comment(pair, printed.map((name) => unknown(name)).join('; '));
  }
}

function comment({ key, value }: Pair, text: string): void {
  // Beside a list in brackets a comment would move into the next line; before its key it stays where it is looked for.
  if (isScalar(value)) value.comment = ` ${oneLine(text)}`;
  else if (isScalar(key)) key.commentBefore = ` ${oneLine(text)}`;
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');
