import type { RoleId } from '../domain/role.ts';
import type { TopologyId } from '../domain/rule.ts';
import type { Transport } from '../domain/service.ts';
import type { SiteId } from '../domain/site.ts';
import type { Key } from './grammar.ts';

/** What a phrase of the vocabulary means. */
export type Meaning =
  /** `others`: roles that go by the same name. */
  | { readonly kind: 'role'; readonly role: RoleId; readonly others: readonly RoleId[]; readonly anyone: boolean }
  | { readonly kind: 'not-role' }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'transport'; readonly transport: Transport }
  /** `product`: no more is said than the product's name. `role`: the role the words speak of besides, as "single Director" does. */
  | { readonly kind: 'topology'; readonly topologies: readonly TopologyId[]; readonly product: boolean; readonly role: RoleId | null }
  | { readonly kind: 'site'; readonly site: SiteId }
  | { readonly kind: 'key'; readonly keys: readonly Key[] };

/** A piece of a text, with the positions it has in the folded text: `from` included, `to` not. `corrected`: typed otherwise. */
export type Lexeme = { readonly from: number; readonly to: number; readonly corrected?: boolean } & (
  | Meaning
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'request'; readonly request: string }
  /** A number, or two joined into a range; digits as typed. `marked`: written so that only a port can be meant, as in :5061. */
  | { readonly kind: 'number'; readonly first: string; readonly last: string | null; readonly marked: boolean }
  /** An address, a prefix or a host name, in canonical text. */
  | { readonly kind: 'address'; readonly address: string }
  /** Dates, versions, times: numbers that are no ports. */
  | { readonly kind: 'figure' }
  | { readonly kind: 'comma' }
  | { readonly kind: 'stop'; readonly question: boolean }
  /** A run of letters, or of Chinese characters, that means nothing here. */
  | { readonly kind: 'unknown'; readonly han: boolean }
);

export function isKey(lexeme: Lexeme | undefined, ...keys: readonly Key[]): boolean {
  if (lexeme?.kind !== 'key') return false;
  for (const key of lexeme.keys) if (keys.includes(key)) return true;
  return false;
}

/** Every word of the grammar that a text has, by what it does. */
export function keysOf(lexemes: readonly Lexeme[]): ReadonlySet<Key> {
  const keys = new Set<Key>();
  for (const lexeme of lexemes) if (lexeme.kind === 'key') for (const key of lexeme.keys) keys.add(key);
  return keys;
}
