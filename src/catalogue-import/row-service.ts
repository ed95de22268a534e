import type { PortRange, Transport } from '../domain/service.ts';
import type { ColumnKind } from './columns.ts';
import { type Label, readLabel, readProtocol } from './label.ts';
import { readPorts } from './port-text.ts';

/** A row's cell of a kind: null where the table has no such column. */
export type CellOf = (kind: ColumnKind) => string | null;

/** What a row says of ports and protocols. */
export type RowService = {
  readonly application: string | null;
  readonly security: string | null;
  readonly transports: readonly Transport[];
  readonly ports: readonly PortRange[];
  readonly words: readonly string[];
  readonly known: boolean;
  /** The cells that say it, as printed. */
  readonly printed: string;
  /** The cell that should say the ports and was not understood; null where there is none. */
  readonly unread: string | null;
};

const nothing: Label = { application: null, security: null, transports: [], ports: [], words: [], known: true };

/** Reads the label, or the columns that stand in its place, or both. */
export function readRowService(cell: CellOf): RowService {
  const [label, ports] = [filled(cell('label')), filled(cell('ports'))];
  const fromLabel = label === null ? null : (readLabel(label) ?? (ports === null ? null : { ...readProtocol(label), ports: [] }));
  const fromPorts = ports === null ? null : readPortCell(ports);
  const transport = spoken(cell('transport'));
  const security = filled(cell('security'));
  const application = spoken(cell('application'));
  const all = [fromLabel ?? nothing, fromPorts ?? nothing, application, transport];
  const first = <T>(pick: (one: Label) => T | null): T | null => all.map(pick).find((one) => one !== null) ?? null;
  return {
    application: first((one) => one.application),
    security: security ?? first((one) => one.security),
    transports: all.find((one) => one.transports.length > 0)?.transports ?? [],
    ports: all.find((one) => one.ports.length > 0)?.ports ?? [],
    words: all.flatMap((one) => one.words),
    known: all.find((one) => one.application !== null)?.known ?? true,
    printed: [label, application === nothing ? null : filled(cell('application')), filled(cell('transport')), ports]
      .filter((text) => text !== null)
      .join(' / '),
    unread: label !== null && fromLabel === null ? label : ports !== null && fromPorts === null ? ports : null,
  };
}

function readPortCell(text: string): Label | null {
  const ports = readPorts(text);
  if (ports === 'ambiguous') return null;
  return ports === null ? readLabel(text) : { ...nothing, ports };
}

function spoken(text: string | null): Label {
  const written = filled(text);
  return written === null ? nothing : { ...readProtocol(written), ports: [] };
}

const filled = (text: string | null): string | null => (text === null || /^[\s\-–—/]*$|^n\/?a$/i.test(text) ? null : text);
