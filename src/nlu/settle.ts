import type { RoleId } from '../domain/role.ts';
import type { TopologyId } from '../domain/rule.ts';
import type { SiteId } from '../domain/site.ts';
import type { Locale } from '../locale.ts';
import { type Folded, typedText } from './fold.ts';
import type { Choice, Intent } from './intent.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { isPadding } from './scan.ts';
import { isEnd } from './tape.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A text whose words mean one thing each. */
export type Settled = {
  readonly lexemes: readonly Lexeme[];
  readonly topologies: readonly TopologyId[];
  /** Those that each of its words for topologies may mean, in their order. */
  readonly operands: readonly (readonly TopologyId[])[];
  readonly sites: readonly SiteId[];
  readonly ambiguous: Extract<Intent, { kind: 'ambiguous' }> | null;
};

type Named = Extract<Lexeme, { kind: 'topology' }>;

/** Decides which topologies and sites a text names, and which role each of its words means in them. */
export function settle(lexemes: readonly Lexeme[], folded: Folded, vocabulary: Vocabulary, language: Locale): Settled {
  const comparing = lexemes.some((lexeme) => isKey(lexeme, 'differ'));
  const asRoles = comparing ? lexemes : lexemes.map((lexeme, at) => roleInPlace(lexemes, at) ?? lexeme);
  const named = lexemes.filter((lexeme) => lexeme.kind === 'topology');
  const sites = [...new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'site' ? [lexeme.site] : [])))];
  const roles = asRoles.flatMap((lexeme) => (lexeme.kind === 'role' && !lexeme.anyone ? [lexeme.role] : []));
  const operands = operandsOf(named, roles, vocabulary, comparing);
  const topologies = [...new Set(operands.flat())];
  const force = topologies.length > 0 ? topologies : [...sites.flatMap((site) => vocabulary.sites.get(site) ?? [])];
  const meant = asRoles.map((lexeme) => chosen(lexeme, force.length > 0 ? force : vocabulary.active, vocabulary));
  return { lexemes: meant, topologies, operands, sites, ambiguous: unsure(meant, folded, vocabulary, language) };
}

/** "to a single Director": the topology's words stand where a role must. */
function roleInPlace(lexemes: readonly Lexeme[], at: number): Lexeme | null {
  const lexeme = lexemes[at];
  if (lexeme?.kind !== 'topology' || lexeme.role === null) return null;
  const role: Lexeme = { kind: 'role', role: lexeme.role, others: [], anyone: false, from: lexeme.from, to: lexeme.to };
  const before = lexemes.slice(Math.max(0, at - 8), at).findLast((each) => !isPadding(each));
  const after = lexemes.slice(at + 1, at + 9).find((each) => !isPadding(each));
  const marked = isKey(before, 'from', 'to', 'reach', 'between', 'by') || isKey(after, 'to', 'reach', 'talk', 'need', 'both', 'towards');
  const joined = isKey(before, 'and') && isEnd(lexemes[at - 2]);
  if (marked || joined) return role;
  // "For a single Director?" follows on a question; "which ports for a single Director?" is one.
  const asking = lexemes.some((each) => isKey(each, 'wh', 'who', 'tell', 'port', 'need', 'subject', 'quantity'));
  const alone = !lexemes.some((each) => isEnd(each) || each.kind === 'not-role' || each.kind === 'number' || each.kind === 'topic');
  return alone && asking ? role : null;
}

/** What each word for topologies means beside the others: "Lync 2013 Edge with NAT" is one of that product. */
function operandsOf(
  named: readonly Named[],
  roles: readonly RoleId[],
  vocabulary: Vocabulary,
  comparing: boolean,
): readonly (readonly TopologyId[])[] {
  const products = named.filter(({ product }) => product).flatMap(({ topologies }) => topologies);
  const specific = named.filter(({ product }) => !product).map(({ topologies }) => topologies);
  if (specific.length === 0) return ofProducts(products, vocabulary);
  const within = (ids: readonly TopologyId[], of: readonly TopologyId[]) => preferred(ids, (id) => of.includes(id));
  const scope = products.length > 0 ? products : sameProduct(vocabulary);
  const scoped = specific.map((ids) => (ids.length > 1 || products.length > 0 ? within(ids, scope) : ids));
  if (comparing)
    return scoped.map((ids) => preferred(ids, (id) => scoped.some((other) => other !== ids && sharesPart(id, other, vocabulary))));
  return scoped.map((ids) => preferred(ids, (id) => roles.length > 0 && roles.every((role) => vocabulary.spoken.of(role, [id]))));
}

/** A product alone names its topologies, unless those that are active are already of it. */
function ofProducts(products: readonly TopologyId[], { active }: Vocabulary): readonly (readonly TopologyId[])[] {
  if (products.length === 0) return [];
  const already = active.filter((id) => products.includes(id));
  if (already.length === active.length) return [];
  return [already.length > 0 ? already : [...new Set(products)]];
}

/** The topologies of the active ones' products. */
function sameProduct({ active, products }: Vocabulary): readonly TopologyId[] {
  const mine = new Set(active.map((id) => products.get(id)));
  return [...products].flatMap(([id, product]) => (mine.has(product) ? [id] : []));
}

function sharesPart(id: TopologyId, others: readonly TopologyId[], { featured }: Vocabulary): boolean {
  const partsOf = (each: TopologyId) => featured.find((known) => known.id === each)?.features;
  return (['edge', 'director'] as const).some((part) => partsOf(id)?.has(part) && others.some((other) => partsOf(other)?.has(part)));
}

function preferred<T>(all: readonly T[], better: (one: T) => boolean): readonly T[] {
  const chosenOnes = all.filter(better);
  return chosenOnes.length > 0 ? chosenOnes : all;
}

/** Of the roles a word may mean, those the topologies in force speak of; the first where they speak of none. */
function chosen(lexeme: Lexeme, force: readonly TopologyId[], vocabulary: Vocabulary): Lexeme {
  if (lexeme.kind !== 'role' || lexeme.others.length === 0) return lexeme;
  const candidates = [lexeme.role, ...lexeme.others];
  if (force.length === 0) return { ...lexeme, others: [] };
  const close = candidates.filter((role) => vocabulary.spoken.closelyOf(role, force));
  const [role = candidates.find((each) => vocabulary.spoken.of(each, force)) ?? lexeme.role, ...others] = close;
  return { ...lexeme, role, others };
}

/** A question back for the first word that may still mean several roles. */
function unsure(lexemes: readonly Lexeme[], folded: Folded, vocabulary: Vocabulary, language: Locale): Settled['ambiguous'] {
  const lexeme = lexemes.find((each) => each.kind === 'role' && each.others.length > 0);
  if (lexeme?.kind !== 'role') return null;
  const choices = [lexeme.role, ...lexeme.others].map((role): Choice => {
    const name = vocabulary.names.get(role)?.[language] ?? role;
    const before = folded.source.slice(0, folded.starts[lexeme.from] ?? 0);
    const after = folded.source.slice(folded.ends[lexeme.to - 1] ?? folded.source.length);
    const spaced = (text: string, apart: boolean) => (apart ? ` ${text}` : text);
    return {
      question: `${before}${spaced(name, /[\p{L}\d]$/u.test(before) && language === 'en')}${spaced(after, /^[\p{L}\d]/u.test(after) && language === 'en')}`,
    };
  });
  return { kind: 'ambiguous', words: typedText(folded, lexeme.from, lexeme.to), choices };
}
