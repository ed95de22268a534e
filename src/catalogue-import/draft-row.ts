import type { Gap } from '../domain/rule.ts';
import { formatPorts } from '../domain/service.ts';
import type { LocalText, Message } from '../locale.ts';
import type { Column } from './columns.ts';
import type { DraftRole, DraftRule, InBoth, Remark } from './drafted.ts';
import { behindVip, type Ends, type Names, readEnds } from './ends.ts';
import { readPorts } from './port-text.ts';
import { type CellOf, type RowService, readRowService } from './row-service.ts';
import type { UnknownRoles } from './unknown-roles.ts';

/** How a draft says what is not printed in both languages. */
export type RowWords = {
  readonly inBoth: InBoth;
  /** A text of the page's own language, marked in the other as not translated. */
  readonly printed: (text: string) => LocalText;
};

type Parts = {
  readonly names: Names;
  readonly unknown: UnknownRoles;
  readonly words: RowWords;
  readonly nextId: (printed: string | null) => string;
};
type GivenRow = { readonly line: number; readonly cell: CellOf; readonly place: Message };
type DraftedRow = {
  readonly rules: readonly DraftRule[];
  readonly remarks: readonly Remark[];
  readonly label: readonly [string, string] | null;
};

type End = Omit<Ends, 'roles' | 'mayBe'> & {
  readonly roles: readonly DraftRole[];
  readonly mayBe: readonly DraftRole[];
  readonly via: string | null;
};
const nobody: End = { roles: [], mayBe: [], as: null, beside: [], via: null };

/** Drafts the rules a row states: one, or one for each transport it names. What it does not say stays open. */
export function draftRow({ line, cell, place }: GivenRow, columns: readonly Column[], parts: Parts): DraftedRow {
  const remarks: Remark[] = [];
  const remark = (kind: Remark['kind'], key: string, params: Message['params'] = {}): void =>
    void remarks.push({ kind, line, message: { key, params } });
  const directed = columns.some(({ kind }) => kind === 'source' || kind === 'destination');
  const service = readRowService(cell);
  remarkOnService(service, remark);
  const source = directed ? readEnd('source', cell, parts, remark) : nobody;
  const destination = directed ? readEnd('destination', cell, parts, remark) : nobody;
  const role = directed ? nobody : readEnd('role', cell, parts, remark);
  const sourcePorts = readPorts(cell('source-ports') ?? '');
  const gaps: Gap[] = [
    ...(directed ? [] : (['direction'] as const)),
    ...(directed && source.roles.length === 0 ? (['source'] as const) : []),
    ...(directed && destination.roles.length === 0 ? (['destination'] as const) : []),
    ...(service.transports.length === 0 ? (['transport'] as const) : []),
    ...(service.ports.length === 0 && !service.transports.some((transport) => transport.startsWith('icmp')) ? (['ports'] as const) : []),
  ];
  const { inBoth, printed } = parts.words;
  const said = [...service.words, ...[source, destination, role].flatMap(({ beside }) => beside)];
  const purpose = cell('purpose')?.replaceAll('\n', ' ') || service.printed || cell('role') || '?';
  const [oneRole = null, ...otherRoles] = role.roles;
  const rule = (id: string, transport: DraftRule['transport'], alternatives: boolean): DraftRule => ({
    id,
    line,
    role: oneRole,
    source: source.roles,
    source_may_be: source.mayBe,
    source_as: source.as,
    source_ports: sourcePorts === null || sourcePorts === 'ambiguous' ? [] : sourcePorts,
    destination: destination.roles,
    destination_may_be: destination.mayBe,
    destination_as: destination.as,
    via: destination.via,
    transport,
    ports: service.ports,
    application: service.application,
    security: service.security,
    purpose: printed(purpose),
    place: inBoth(place),
    gaps,
    notes: [
      ...(service.unread === null ? [] : [inBoth({ key: 'import.note.unread', params: { text: service.unread } })]),
      ...(said.length === 0 ? [] : [inBoth({ key: 'import.note.words', params: { text: said.join('; ') } })]),
      ...(otherRoles.length === 0 ? [] : [inBoth({ key: 'import.note.words', params: { text: cell('role') ?? '' } })]),
      ...(alternatives ? [inBoth({ key: 'import.note.transports' })] : []),
    ],
  });
  const id = parts.nextId(cell('id'));
  const [transport = null, ...more] = service.transports;
  if (more.length > 0) remark('read', 'import.row.transports', { text: service.printed });
  const rules =
    more.length === 0 ? [rule(id, transport, false)] : service.transports.map((one) => rule(`${id}-${one.toUpperCase()}`, one, true));
  const label = service.unread === null && service.ports.length > 0 ? ([service.printed, understood(service)] as const) : null;
  return { rules, remarks, label };
}

function readEnd(
  kind: 'source' | 'destination' | 'role',
  cell: CellOf,
  { names, unknown }: Parts,
  remark: (kind: Remark['kind'], key: string, params?: Message['params']) => void,
): End {
  const text = cell(kind);
  const read = text === null ? null : readEnds(text, names);
  if (text === null || read === null || read.kind === 'empty') {
    remark('gap', `import.cell.no-${kind}`);
    return nobody;
  }
  if (read.kind === 'unknown') {
    const role = unknown.role(text);
    const hints = read.hints.join(', ');
    remark('gap', hints === '' ? 'import.role.unknown' : 'import.role.partly', {
      text: text.replaceAll('\n', ' / ').slice(0, 200),
      role: role.id,
      hints,
    });
    return { ...nobody, roles: [role] };
  }
  const { ends } = read;
  for (const words of ends.beside) remark('read', 'import.cell.words', { text: words });
  const known = (ids: readonly string[]): readonly DraftRole[] => ids.map((id) => ({ id, printed: null }));
  const { roles, via } = kind === 'destination' ? behindVip(ends.roles, names) : { roles: ends.roles, via: null };
  return { ...ends, roles: known(roles), mayBe: known(ends.mayBe), via };
}

function remarkOnService(service: RowService, remark: (kind: Remark['kind'], key: string, params?: Message['params']) => void): void {
  if (service.unread !== null) remark('gap', 'import.label.unread', { text: service.unread.replaceAll('\n', ' / ').slice(0, 200) });
  else if (service.ports.length === 0 && !service.transports.some((one) => one.startsWith('icmp'))) remark('gap', 'import.label.no-ports');
  if (service.unread === null && service.ports.length > 0 && service.transports.length === 0)
    remark('gap', 'import.label.no-transport', { text: service.printed });
  if (!service.known && service.application !== null) remark('read', 'import.label.name', { text: service.application });
  if (service.words.length > 0) remark('read', 'import.label.words', { text: service.words.join('; '), label: service.printed });
}

/** What a label was understood as, in its own order. */
function understood({ application, security, transports, ports }: RowService): string {
  return [application, security, transports.join(' + ') || '?', formatPorts(ports)]
    .filter((part) => part !== null && part !== '')
    .join(', ');
}
