import { documentOf, type Include, type Rule, type Topology } from './rule.ts';

/**
 * The topologies as they are asked, each with the rules it includes after its own, every rule once and cited as it is cited here.
 * Expects what `includeProblems` finds nothing wrong with.
 */
export function withIncludes(topologies: readonly Topology[]): readonly Topology[] {
  const written = new Map<string, Topology>(topologies.map((topology) => [topology.id, topology]));
  return topologies.map((topology) => wholeOf(topology, written, new Set()));
}

function wholeOf(topology: Topology, written: ReadonlyMap<string, Topology>, above: ReadonlySet<string>): Topology {
  const path = new Set([...above, topology.id]);
  return topology.includes.reduce<Topology>(
    (whole, include) => {
      const other = written.get(include.topology);
      return other === undefined || path.has(other.id) ? whole : taking(whole, include, wholeOf(other, written, path));
    },
    { ...topology, includes: [] },
  );
}

function taking(whole: Topology, include: Include, other: Topology): Topology {
  const known = new Set(whole.rules.map(({ id }) => id));
  const taken = other.rules.filter(
    ({ id }) => !known.has(id) && !include.except.includes(id) && (include.rules === null || include.rules.includes(id)),
  );
  return taken.reduce((topology, rule) => citing(topology, include, other, rule), whole);
}

/** Cited from this topology's own document where that says the same, or is the very document the rule stands in. */
function citing(whole: Topology, include: Include, other: Topology, rule: Rule): Topology {
  const place = include.place ?? rule.place;
  const document = documentOf(other, rule);
  if (include.stated_here || document.url === whole.document.url) {
    return { ...whole, rules: [...whole.rules, { ...rule, document: null, place }] };
  }
  const known = whole.further_documents.find(({ url }) => url === document.url);
  const id = known?.id ?? (rule.document === null ? other.id : `${other.id}-${rule.document}`);
  const further_documents = known ? whole.further_documents : [...whole.further_documents, { ...document, id }];
  return { ...whole, further_documents, rules: [...whole.rules, { ...rule, document: id, place }] };
}
