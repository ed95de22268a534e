import type { ChangeRequest, RequestState } from '../domain/change-request.ts';
import type { Flow } from '../domain/flow.ts';
import { type Box, flowBoxes, flowsBoxes, intersects, subtract } from '../domain/flow-space.ts';
import { type Opening, openingsFor } from './flow-openings.ts';
import type { Knowledge } from './ports.ts';

/** Requests that somebody agreed to, done or not. */
export const agreedStates: readonly RequestState[] = [
  'approved',
  'scheduled',
  'implementing',
  'implemented',
  'verified',
  'closed',
  'recertification-due',
];

export type Covered = 'yes' | 'partly' | 'no';

/** `rules`: what of the catalogue opens any of it. `remaining`: the traffic that nothing covers. */
export type Coverage =
  | {
      readonly kind: 'assessed';
      /** By catalogue rules and agreed requests together, those through any included. */
      readonly covered: Covered;
      readonly byCatalogue: Covered;
      readonly byRequests: Covered;
      readonly rules: readonly Opening[];
      readonly requests: readonly ChangeRequest[];
      /** Requests whose names nobody resolved: it can't be said whether they open this. */
      readonly unclearRequests: readonly ChangeRequest[];
      readonly remaining: readonly Box[];
    }
  | { readonly kind: 'not-assessable'; readonly names: readonly string[] };

/** Whether a flow is covered: by the catalogue, through the addresses of the sites, and by requests that were agreed to. */
export function coverageOf(flow: Flow, knowledge: Knowledge, requests: readonly ChangeRequest[]): Coverage {
  const space = flowBoxes(flow);
  if (space.kind === 'not-assessable') return { kind: 'not-assessable', names: space.unresolved };
  const wanted = space.boxes;
  const opened = wanted.flatMap((box) => openingsFor(knowledge).touching(box));
  const catalogue = opened.flatMap(({ opening, box }) => (opening.unclear ? [] : [box]));
  const agreed = agreedBoxes(requests.filter(({ state }) => agreedStates.includes(state)));
  const remaining = subtract(wanted, [...catalogue, ...agreed.open]);
  return {
    kind: 'assessed',
    covered: coveredBy(wanted, [...catalogue, ...agreed.open]),
    byCatalogue: coveredBy(wanted, catalogue),
    byRequests: coveredBy(wanted, agreed.open),
    rules: distinct(opened.map(({ opening }) => opening)),
    requests: agreed.adding.filter((request) => intersects(boxesOf(request), wanted)),
    unclearRequests: agreed.unclear,
    remaining,
  };
}

function coveredBy(wanted: readonly Box[], open: readonly Box[]): Covered {
  if (wanted.length === 0 || !intersects(open, wanted)) return 'no';
  return subtract(wanted, open).length === 0 ? 'yes' : 'partly';
}

type Agreed = { readonly open: readonly Box[]; readonly adding: readonly ChangeRequest[]; readonly unclear: readonly ChangeRequest[] };

/** In the order in which they were made: what a later one removes is no longer open. */
function agreedBoxes(requests: readonly ChangeRequest[]): Agreed {
  let open: readonly Box[] = [];
  const inOrder = requests.toSorted((a, b) => a.number - b.number);
  for (const request of inOrder) {
    const boxes = boxesOf(request);
    open = request.content.kind === 'add' ? [...open, ...boxes] : subtract(open, boxes);
  }
  return {
    open,
    adding: inOrder.filter(({ content }) => content.kind === 'add'),
    unclear: inOrder.filter(({ content }) => flowsBoxes(content.flows).kind === 'not-assessable'),
  };
}

function boxesOf({ content }: ChangeRequest): readonly Box[] {
  const space = flowsBoxes(content.flows);
  return space.kind === 'boxes' ? space.boxes : [];
}

/** Each rule once between each pair of sites. */
function distinct(openings: readonly Opening[]): readonly Opening[] {
  return [...new Map(openings.map((opening) => [`${opening.rule} ${opening.from} ${opening.to} ${opening.unclear}`, opening])).values()];
}
