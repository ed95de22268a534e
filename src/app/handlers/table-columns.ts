import { servicePattern } from '../../domain/parse-service.ts';
import { compared } from './find-role.ts';

/** What a column of a table of flows says. `index` numbers the rows, `action` says allow or deny. */
export type Column = 'source' | 'destination' | 'service' | 'transport' | 'action' | 'comment' | 'index' | 'source-port';

/** How such columns are headed. Compared without case, width, blanks and punctuation. */
const headings: Readonly<Record<Column, string>> = {
  source:
    'source, src, from, source ip, source address, source addresses, source host, source role, source network, src ip, src address, sources, source zone, client, 源, 源地址, 源ip, 源IP地址, 来源, 来源地址, 来源ip, 源端, 起点, 发起方, 源角色, 源主机, 来源角色, 来自, 源网段, 來源, 來源地址',
  destination:
    'destination, dst, dest, to, target, destination ip, destination address, destination addresses, destination host, destination role, destination network, dst ip, dst address, dest ip, destinations, server, 目标, 目标地址, 目标ip, 目的, 目的地址, 目的ip, 目的IP地址, 目的地, 目标端, 终点, 目标角色, 目标主机, 目的主机, 到, 去往, 目的网段, 目標, 目標地址, 目的端',
  service:
    'service, services, port, ports, destination port, destination ports, dst port, dest port, dport, port number, service port, port service, service ports, port protocol, protocol port, port and protocol, tcp udp port, ports protocol, 服务, 端口, 目的端口, 目标端口, 端口号, 服务端口, 端口服务, 协议端口, 端口协议, 端口和协议, 埠, 连接埠, 連接埠, 服務',
  transport: 'transport, protocol, proto, transport protocol, ip protocol, tcp udp, 协议, 传输协议, 传输, 传输层协议, 通信协议, 協定, 協議',
  action: 'action, allow, permit, verdict, 动作, 操作, 策略, 動作',
  comment:
    'comment, comments, description, remark, remarks, note, notes, purpose, reason, justification, application, what for, why, usage, 备注, 说明, 描述, 用途, 注释, 理由, 原因, 应用, 業務, 备注说明, 備註, 說明',
  index: 'no, nr, number, id, row, line, index, item, 序号, 编号, 行号, 行, 序號',
  'source-port': 'source port, source ports, src port, sport, 源端口, 来源端口',
};

const byHeading: ReadonlyMap<string, Column> = new Map(
  columnsOf(headings).flatMap(([column, words]) => words.split(',').map((word): [string, Column] => [heading(word), column])),
);

function columnsOf(all: typeof headings): readonly (readonly [Column, string])[] {
  const names: readonly Column[] = ['source', 'destination', 'service', 'transport', 'action', 'comment', 'index', 'source-port'];
  return names.map((name) => [name, all[name]]);
}

function heading(text: string): string {
  return compared(text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim());
}

/** What the columns say by their headings, null for an unknown one; null where this is no heading of a table of flows. */
export function headed(cells: readonly string[]): readonly (Column | null)[] | null {
  if (cells.length < 2 || cells.length > 40) return null;
  const columns = cells.map((cell) => (cell.trim() === '#' ? 'index' : cell.length > 60 ? null : (byHeading.get(heading(cell)) ?? null)));
  const once = columns.map((column, place) => (column !== null && columns.indexOf(column) === place ? column : null));
  return once.includes('source') && once.includes('destination') ? once : null;
}

const item = `(?:${servicePattern})`;
const services = new RegExp(`^${item}(?:[\\s,;/&+]+${item})*$`, 'i');

export function saysService(cell: string): boolean {
  return cell.length <= 400 && services.test(cell.trim());
}

/** The protocols a cell names: `tcp`, `TCP/UDP`, `both`. Null where it names something else. */
export function transportsIn(cell: string): readonly string[] | null {
  const said = cell.trim().toLowerCase();
  if (said === '' || said === '-' || said === 'ip') return [];
  if (said === 'both') return ['tcp', 'udp'];
  const names = said.split(/[\s,;/&+、和或]+|\band\b|\bor\b/).filter((name) => name !== '');
  return names.every((name) => ['tcp', 'udp', 'icmp', 'icmpv6'].includes(name)) ? [...new Set(names)] : null;
}

/** Which column says what, from what stands in them; null where that is not plain. `isEnd`: whether a cell names a role or an address. */
export function guessed(rows: readonly (readonly string[])[], isEnd: (cell: string) => boolean): readonly (Column | null)[] | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 3 || width > 12) return null;
  const most = (place: number, test: (cell: string, row: number) => boolean): boolean => {
    const hits = rows.filter((row, number) => test(row[place] ?? '', number)).length;
    return hits * 2 > rows.length;
  };
  const columns: (Column | null)[] = Array.from({ length: width }, () => null);
  const places = [...columns.keys()];
  if (most(0, (cell, row) => /^\d{1,3}[.)]?$/.test(cell) && Math.abs(Number.parseInt(cell, 10) - row - 1) <= 1)) columns[0] = 'index';
  const free = () => places.filter((place) => columns[place] === null);
  const set = (column: Column, place: number | undefined) => {
    if (place !== undefined) columns[place] = column;
  };
  const ends = free().filter((place) => most(place, (cell) => isEnd(cell) && !saysService(cell)));
  const [source, destination] = ends;
  if (source === undefined || destination === undefined || ends.length > 2) return null;
  set('source', source);
  set('destination', destination);
  const transport = free().find((place) => most(place, (cell) => cell !== '' && transportsIn(cell) !== null && !/\d/.test(cell)));
  const service = free().find((place) => place !== transport && most(place, saysService));
  if (service === undefined) return null;
  set('transport', transport);
  set('service', service);
  set(
    'action',
    free().find((place) => most(place, isAction)),
  );
  for (const place of free()) columns[place] = 'comment';
  return columns;
}

const isAction = (cell: string): boolean => allows(cell) || /^(?:deny|block|drop|reject|拒绝|禁止|阻止)$/i.test(cell.trim());

/** Whether an action lets traffic through. */
export function allows(cell: string): boolean {
  return /^(?:allow|permit|accept|open|pass|add|yes|允许|放行|开通|开放|通过|新增|允許|開通)?$/i.test(cell.trim());
}

/** The services of a cell, each for itself, with the protocols of the row's own cell where it has one. */
export function servicesIn(cell: string, transports: readonly string[]): readonly string[] {
  const plain = bare(cell);
  if (plain === '') return transports.some((name) => name.startsWith('icmp')) ? transports : ['?'];
  if (!saysService(plain)) return [cell];
  const found = plain.match(new RegExp(item, 'gi')) ?? [];
  const each = found.flatMap((one) => (/[a-z]/i.test(one) || transports.length === 0 ? [one] : transports.map((name) => `${one}/${name}`)));
  return each.every((one) => /[a-z]/i.test(one)) || found.length === 1 ? each : [found.join(', ')];
}

/** "443 (HTTPS)" and "HTTPS (443)" are 443. */
function bare(cell: string): string {
  const plain = cell
    .replace(/端口|\bports?\b/gi, ' ')
    .replace(/[、，]/g, ',')
    .trim();
  const inside = /^[a-z][a-z\s-]*\(([^()]*\d[^()]*)\)$/i.exec(plain)?.[1];
  return (inside ?? plain.replace(/\([^()\d]*\)/g, ' ')).trim();
}
