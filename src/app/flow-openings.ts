import type { Endpoint, Flow } from '../domain/flow.ts';
import { FamilyIndex } from '../domain/flow-index.ts';
import { type Box, flowBoxes } from '../domain/flow-space.ts';
import type { RoleId } from '../domain/role.ts';
import type { Rule, RuleId, TopologyId } from '../domain/rule.ts';
import { type Transport, transports } from '../domain/service.ts';
import type { Site, SiteId } from '../domain/site.ts';
import { apart, boundAt, isAny } from './handlers/site-binding.ts';
import type { Knowledge } from './ports.ts';

/**
 * What a catalogue rule opens between the addresses of sites; a site is null where the end is any. `unclear`: the document or
 * the site leaves out what would decide it, so that it may open this, and can't be counted on.
 */
export type Opening = {
  readonly rule: RuleId;
  readonly topology: TopologyId;
  readonly match: 'explicit' | 'any';
  readonly from: SiteId | null;
  readonly to: SiteId | null;
  readonly unclear: boolean;
};

/** An opening, and the part of the traffic asked for that it has. */
export type Opened = { readonly opening: Opening; readonly box: Box };

/** Everything the sites' topologies open, indexed by address. */
export class Openings {
  readonly #openings: readonly Opening[];
  readonly #families: ReadonlyMap<
    Box['family'],
    { readonly index: FamilyIndex; readonly boxes: readonly Box[]; readonly owners: readonly number[] }
  >;

  constructor(knowledge: Knowledge) {
    const openings: Opening[] = [];
    const boxes: { readonly box: Box; readonly owner: number }[] = [];
    for (const { opening, flows } of openingsOf(knowledge)) {
      const space = flows.map(flowBoxes).flatMap((one) => (one.kind === 'boxes' ? one.boxes : []));
      if (space.length === 0) continue;
      for (const box of space) boxes.push({ box, owner: openings.length });
      openings.push(opening);
    }
    this.#openings = openings;
    this.#families = new Map(
      (['ipv4', 'ipv6'] as const).map((family) => {
        const own = boxes.filter(({ box }) => box.family === family);
        const space = own.map(({ box }) => box);
        return [family, { index: new FamilyIndex(family, space), boxes: space, owners: own.map(({ owner }) => owner) }];
      }),
    );
  }

  /** What opens any of this traffic. */
  touching(asked: Box): readonly Opened[] {
    const family = this.#families.get(asked.family);
    if (family === undefined) return [];
    return family.index.touching(asked).flatMap((at) => {
      const [opening, box] = [this.#openings[family.owners[at] ?? -1], family.boxes[at]];
      return opening && box ? [{ opening, box }] : [];
    });
  }
}

const prepared = new WeakMap<Knowledge, Openings>();

/** Built once for a state of the knowledge. */
export function openingsFor(knowledge: Knowledge): Openings {
  const known = prepared.get(knowledge);
  if (known) return known;
  const made = new Openings(knowledge);
  prepared.set(knowledge, made);
  return made;
}

type Side = { readonly site: Site | null; readonly role: RoleId; readonly endpoints: readonly Endpoint[] };

function openingsOf(knowledge: Knowledge): readonly { readonly opening: Opening; readonly flows: readonly Flow[] }[] {
  return knowledge.topologies.flatMap((topology) => {
    const sites = knowledge.sites.filter((site) => site.topology === topology.id);
    if (sites.length === 0) return [];
    return topology.rules.flatMap((rule) =>
      waysOf(rule).flatMap(({ source, destination }) => {
        const targets = sidesOf(destination, sites, knowledge);
        return sidesOf(source, sites, knowledge).flatMap((from) =>
          targets.map((to) => ({
            opening: {
              rule: rule.id,
              topology: topology.id,
              match: from.site === null || to.site === null ? ('any' as const) : ('explicit' as const),
              from: from.site?.id ?? null,
              to: to.site?.id ?? null,
              unclear: isUnclear(rule, from, to),
            },
            flows: flowsOf(rule, from, to),
          })),
        );
      }),
    );
  });
}

/** A rule without a direction may run either way between its role and its peers. */
function waysOf({
  role,
  peers,
  source,
  destination,
  via,
  effect,
}: Rule): readonly { readonly source: readonly RoleId[]; readonly destination: readonly RoleId[] }[] {
  if (effect !== 'open') return [];
  if (role === null) return [{ source, destination: via === null ? destination : [via] }];
  return [
    { source: [role], destination: peers },
    { source: peers, destination: [role] },
  ];
}

function sidesOf(roles: readonly RoleId[], sites: readonly Site[], knowledge: Knowledge): readonly Side[] {
  return roles.flatMap((role): readonly Side[] => {
    if (isAny(knowledge, role)) return [{ site: null, role, endpoints: [{ kind: 'any' }] }];
    return sites.flatMap((site) => boundAt(knowledge, site, role).map((bound) => ({ site, role: bound.role, endpoints: bound.endpoints })));
  });
}

const isName = ({ kind }: Endpoint): boolean => kind === 'name';

function isUnclear(rule: Rule, from: Side, to: Side): boolean {
  const leftOut = rule.role !== null || rule.transport === null || rule.gaps.includes('ports');
  return leftOut || [...from.endpoints, ...to.endpoints].some(isName);
}

/** What is not printed may be anything; a name that nobody resolved may be any address. */
function flowsOf(rule: Rule, from: Side, to: Side): readonly Flow[] {
  const kinds: readonly Transport[] =
    rule.transport === null ? transports.filter((one) => one === 'tcp' || one === 'udp') : [rule.transport];
  const ports = rule.gaps.includes('ports') ? [{ from: 1, to: 65535 }] : [...rule.ports];
  const open = (endpoints: readonly Endpoint[]): readonly Endpoint[] => (endpoints.some(isName) ? [{ kind: 'any' }] : endpoints);
  return apart(open(from.endpoints), open(to.endpoints)).flatMap(({ source, destination }) =>
    kinds.map((transport): Flow => ({ source: [...source], destination: [...destination], transport, ports, origin: null })),
  );
}
