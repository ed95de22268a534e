/** What a column of a port table says. `label` holds several of application, security, transport and ports in one cell. */
export const columnKinds = [
  'id',
  'role',
  'label',
  'application',
  'security',
  'transport',
  'ports',
  'source',
  'source-ports',
  'destination',
  'purpose',
] as const;
export type ColumnKind = (typeof columnKinds)[number];

export type Column = { readonly at: number; readonly printed: string; readonly kind: ColumnKind | null };

type Part = 'role' | 'protocol' | 'security' | 'transport' | 'ports';

/** One part of a header such as "Role/Protocol/TCP or UDP/Port". */
const parts: readonly (readonly [RegExp, Part])[] = [
  [/^(?:(?:tcp|udp)\s*(?:or|and|或|和|、)?\s*(?:tcp|udp)|transport(?: protocol| layer)?|传输(?:层)?(?:协议)?)$/, 'transport'],
  [
    /^(?:ip |network |application |app |service )?protocols?$|^applications?$|^(?:应用|应用程序|网络|服务)?协议$|^应用(?:程序)?$/,
    'protocol',
  ],
  [/^(?:security|encryption|protection|加密(?:方式)?|安全(?:性|协议)?)$/, 'security'],
  [
    /^(?:destination |dst |target |tcp |udp |network |required )?ports?(?: numbers?| ranges?| no\.?)?$|^(?:目标|目的|所需)?端口(?:号|范围)?$/,
    'ports',
  ],
  [/^(?:server )?(?:roles?|components?)$|^(?:服务器)?角色$|^组件$|^服务器$/, 'role'],
];

const wholes: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(?:port )?labels?$|^service ports?$|^端口标签$/, 'label'],
  [/^(?:source|src) ports?$|^源端口$|^来源端口$/, 'source-ports'],
  [
    /^(?:traffic )?(?:source|src|from|sender|initiator)\b(?! ports?)[a-z /()]*$|^(?:源|来源|发起(?:方|端)|起点|发送方)(?:\s*(?:ip|地址|角色|服务器|主机|端))*$|^从$/,
    'source',
  ],
  [
    /^(?:traffic )?(?:destination|dest|dst|target|to|receiver)\b(?! ports?)[a-z /()]*$|^(?:目标|目的地|目的端|接收(?:方|端)|终点|去向)(?:\s*(?:ip|地址|角色|服务器|主机|端))*$|^目的\s*(?:ip\s*)?地址$|^到$/,
    'destination',
  ],
  [
    /^(?:notes?|descriptions?|purposes?|comments?|remarks?|usage|used for|services?|service names?)$|^(?:说明|注释|备注|描述|用途|注意|注|服务|服务名称?)$/,
    'purpose',
  ],
  [/^(?:rule(?: id)?|id|编号|规则(?:编号)?)$/, 'id'],
];

/** What the columns of a header row say, whatever their order. A kind that two columns have belongs to the first, but for purposes. */
export function readColumns(header: readonly string[]): readonly Column[] {
  const kinds = header.map(kindOf);
  const isServiceALabel = !kinds.some((kind) => kind === 'label' || kind === 'ports');
  const taken = new Set<ColumnKind>();
  return header.map((printed, at) => {
    // A "service" is what firewalls call 443/tcp; beside ports it is a name.
    const kind = isServiceALabel && isService.test(plain(printed)) ? 'label' : kindOf(printed);
    if (kind === null || (taken.has(kind) && kind !== 'purpose')) return { at, printed, kind: null };
    taken.add(kind);
    return { at, printed, kind };
  });
}

/** Whether rules can be made of a table with these columns: something that says ports, and something that says whose. */
export function areRules(columns: readonly Column[]): boolean {
  const has = (...kinds: readonly ColumnKind[]) => columns.some(({ kind }) => kind !== null && kinds.includes(kind));
  return has('label', 'ports') && has('source', 'destination', 'role');
}

function kindOf(printed: string): ColumnKind | null {
  const text = plain(printed);
  const whole = wholes.find(([pattern]) => pattern.test(text))?.[1];
  if (whole !== undefined) return whole;
  const found = partsOf(text);
  if (found === null) return null;
  const [only, ...others] = found;
  if (others.length > 0) return found.includes('ports') || found.includes('transport') ? 'label' : null;
  return only === 'protocol' ? 'application' : (only ?? null);
}

/** Null where a part of the header is not known. "TCP or UDP" is one part, "Protocol and port" are two. */
function partsOf(text: string): readonly Part[] | null {
  const known = (part: string): Part | null => parts.find(([pattern]) => pattern.test(part.trim()))?.[1] ?? null;
  const found = text.split('/').flatMap((piece): (Part | null)[] => {
    const part = known(piece);
    return part === null ? piece.split(/ and | or |和|与|及|、|,|&/).map(known) : [part];
  });
  const read = found.filter((part) => part !== null);
  return read.length === found.length ? read : null;
}

const isService = /^services?$|^服务$/;

function plain(printed: string): string {
  return printed
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .replace(/[*:]/g, '')
    .trim()
    .slice(0, 100);
}
