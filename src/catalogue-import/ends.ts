import type { Role, RoleId } from '../domain/role.ts';
import { RoleTree } from '../domain/role-tree.ts';
import { fold, typedText } from '../nlu/fold.ts';
import { buildVocabulary, type Named, type Vocabulary } from '../nlu/vocabulary.ts';
import type { AddressKind } from './drafted.ts';

/** The names a cell may hold. */
export type Names = { readonly vocabulary: Vocabulary; readonly tree: RoleTree; readonly roles: ReadonlyMap<RoleId, Role> };

export function namesFrom(named: Named): Names {
  return {
    vocabulary: buildVocabulary(named),
    tree: new RoleTree(named.roles),
    roles: new Map(named.roles.map((role) => [role.id, role])),
  };
}

/** Who a cell of sources or destinations names. */
export type Ends = {
  readonly roles: readonly RoleId[];
  /** What any may be narrowed to, where the cell says so. */
  readonly mayBe: readonly RoleId[];
  readonly as: AddressKind | null;
  /** Words in brackets beside roles that mean none. */
  readonly beside: readonly string[];
};

/** `unknown`: the cell says something else, of which `hints` are the roles recognised. `empty`: it says nothing. */
export type EndsRead =
  | { readonly kind: 'ends'; readonly ends: Ends }
  | { readonly kind: 'unknown'; readonly hints: readonly RoleId[] }
  | { readonly kind: 'empty' };

const link = /[\n,;/|&+、]|(?:and\/or|and|or)(?![a-z])|或者|以及|或|和|及|与/y;
const padding =
  /(?:the|an?|any of|one of|(?:its )?ip addresses|(?:its )?ip address|addresses|address|fqdn)(?![a-z])|(?:的)?(?:ip ?)?地址|[ \-_.'"。]/y;
const addressKinds: readonly (readonly [RegExp, AddressKind])[] = [
  [/public ip address(?:es)?(?![a-z])|(?:的)?公(?:共|用|网) ?ip ?地址/y, 'public-address'],
  [/(?:each|every) (?:server|node)(?![a-z])|(?:的)?每[台个](?:服务器|节点)/y, 'each-server'],
  [/web services?(?![a-z])|(?:的)?web ?服务/y, 'web-services'],
];
/** "HLB VIP" alone does not say whose. */
const bareVip = /^(?:hardware|load|balancer|balancing|hlb|vip|virtual|ip|硬件|负载(?:平衡|均衡)器?|虚拟|[ -])+$/;
const mayBe =
  /^(?:which )?(?:may be|can be|could be|might be|may be defined as|can be defined as)(?![a-z])|^(?:可以|可能|可)(?:是|为|定义为|指定为)/;

/** Reads a cell by the names of roles. Every word of it must be understood; only brackets may hold others. */
export function readEnds(cell: string, names: Names): EndsRead {
  if (/^[\s\-–—/]*$|^(?:n\/?a|none|无|不适用)$/i.test(cell)) return { kind: 'empty' };
  const folded = fold(cell.slice(0, 2000));
  const read = walk(folded.text, names);
  if (read.roles.length === 0 || read.unknown || cell.length > 2000) return { kind: 'unknown', hints: [...read.roles, ...read.found] };
  const isAny = read.roles.some((role) => names.roles.get(role)?.kind === 'any');
  const brackets = read.brackets.map(({ from, to }) => ({
    written: typedText(folded, from, to),
    text: folded.text.slice(from, to).trim(),
  }));
  const narrowed = brackets.map(({ written, text }) => {
    const stated = mayBe.exec(text);
    const inside = stated && isAny ? walk(text.slice(stated[0].length), names) : null;
    return inside !== null && !inside.unknown && inside.roles.length > 0 ? { roles: inside.roles, written: null } : { roles: [], written };
  });
  return {
    kind: 'ends',
    ends: {
      roles: [...new Set(read.roles)],
      mayBe: [...new Set(narrowed.flatMap(({ roles }) => roles))],
      as: read.as,
      beside: narrowed.flatMap(({ written }) => (written === null ? [] : [written])),
    },
  };
}

type Walk = {
  roles: RoleId[];
  as: AddressKind | null;
  unknown: boolean;
  /** Roles among words that are not understood. */
  found: RoleId[];
  brackets: { readonly from: number; readonly to: number }[];
};

/** Two names side by side, with nothing that joins them, are one thing's name that is not known. */
function walk(text: string, names: Names): Walk {
  const read: Walk = { roles: [], as: null, unknown: false, found: [], brackets: [] };
  let joined = true;
  for (let at = 0; at < text.length; ) {
    const role = names.vocabulary.phrases.longest(text, at);
    const kind = addressKinds.map(([pattern, as]) => ({ as, end: matchEnd(pattern, text, at) })).find(({ end }) => end > 0);
    const closes = text[at] === '(' ? text.indexOf(')', at) : -1;
    if (role?.meaning.kind === 'role' && role.end >= (kind?.end ?? 0)) {
      if (!joined || bareVip.test(text.slice(at, role.end))) read.unknown = true;
      read.roles.push(role.meaning.role);
      joined = false;
      at = role.end;
    } else if (kind) {
      read.as = kind.as;
      at = kind.end;
    } else if (role?.meaning.kind === 'topology') at = role.end;
    else if (closes > 0) {
      read.brackets.push({ from: at + 1, to: closes });
      at = closes + 1;
    } else if (matchEnd(link, text, at) > 0) {
      joined = true;
      at = matchEnd(link, text, at);
    } else if (matchEnd(padding, text, at) > 0) at = matchEnd(padding, text, at);
    else {
      read.unknown = true;
      at = Math.max(role?.end ?? 0, wordEnd(text, at));
    }
  }
  return read;
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

function wordEnd(text: string, at: number): number {
  return matchEnd(/[a-z0-9]+/y, text, at) || at + 1;
}

export type Destination = { readonly roles: readonly RoleId[]; readonly via: RoleId | null };

/** A VIP as the destination: the traffic goes to the role behind it, by way of the VIP. Several VIPs stay as they are. */
export function behindVip(roles: readonly RoleId[], { tree }: Names): Destination {
  const [only, ...others] = roles;
  const behind = only !== undefined && others.length === 0 && tree.isVip(only) ? tree.wholes(only) : [];
  return only !== undefined && behind.length > 0 ? { roles: behind, via: only } : { roles, via: null };
}
