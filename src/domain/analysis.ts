import type { Message } from '../locale.ts';
import { endpointFamily } from './address.ts';
import type { ApprovalPolicy } from './approval-policy.ts';
import type { ChangeRequest, Finding, RequestContent, RequestState } from './change-request.ts';
import { finding } from './finding.ts';
import type { Flow } from './flow.ts';
import { type Box, covers, flowsBoxes, intersects, subtract } from './flow-space.ts';
import { flowText, portsText } from './flow-text.ts';
import { portsWithin } from './port-ranges.ts';
import type { Topology } from './rule.ts';
import type { Site } from './site.ts';
import { widthFindings } from './width-findings.ts';

/** What a request is looked at beside. `others` are the requests that count: on their way, or in force. */
export type AnalysisGround = {
  readonly topologies: readonly Topology[];
  readonly sites: readonly Site[];
  readonly policy: ApprovalPolicy;
  readonly others: readonly ChangeRequest[];
};

/** `covered`: requests in force open all of it already, so that there is nothing left to do. */
export type Analysis = { readonly findings: readonly Finding[]; readonly covered: boolean };

const inForce: readonly RequestState[] = ['implemented', 'verified', 'closed', 'recertification-due'];

/** Everything requester and approver should see before anyone decides. Says "not assessable" where it can't know. */
export function analyse(content: RequestContent, ground: AnalysisGround): Analysis {
  const space = flowsBoxes(content.flows);
  const findings = [...catalogueFindings(content, ground), ...widthFindings(content, ground.policy)];
  if (space.kind === 'not-assessable') {
    const names = space.unresolved.join(', ');
    return { findings: [...findings, finding('warning', 'not-assessable', { names })], covered: false };
  }
  const others = ground.others.map((request) => ({ request, boxes: boxesOf(request) }));
  return content.kind === 'remove'
    ? { findings: [...findings, ...removalFindings(space.boxes, others)], covered: false }
    : withCoverage(findings, space.boxes, others);
}

type Other = { readonly request: ChangeRequest; readonly boxes: readonly Box[] };

function boxesOf(request: ChangeRequest): readonly Box[] {
  const space = flowsBoxes(request.content.flows);
  return space.kind === 'boxes' ? space.boxes : [];
}

function withCoverage(findings: readonly Finding[], wanted: readonly Box[], others: readonly Other[]): Analysis {
  const open = openNow(others);
  const touching = others.filter(({ request, boxes }) => request.content.kind === 'add' && intersects(boxes, wanted));
  const holding = touching.filter(({ request }) => inForce.includes(request.state)).map(({ request }) => request.id);
  const pending = touching.filter(({ request }) => !inForce.includes(request.state)).map(({ request }) => request.id);
  const covered = wanted.length > 0 && covers(open, wanted);
  const partly = !covered && intersects(open, wanted);
  const coverage = covered
    ? finding('warning', 'covered', { requests: holding.join(', ') })
    : partly
      ? finding('info', 'partly-covered', { requests: holding.join(', ') })
      : finding('info', 'nothing-open');
  const overlaps = pending.map((request) => finding('warning', 'overlap', { request }));
  return { findings: [...findings, coverage, ...overlaps], covered };
}

/** What the requests in force leave open, taken in the order in which they were made. */
function openNow(others: readonly Other[]): readonly Box[] {
  let open: readonly Box[] = [];
  const byNumber = others.filter(({ request }) => inForce.includes(request.state)).toSorted((a, b) => a.request.number - b.request.number);
  for (const { request, boxes } of byNumber) open = request.content.kind === 'add' ? open.concat(boxes) : subtract(open, boxes);
  return open;
}

function removalFindings(removed: readonly Box[], others: readonly Other[]): readonly Finding[] {
  const hit = others.filter(({ request, boxes }) => request.content.kind === 'add' && intersects(boxes, removed));
  if (hit.length === 0) return [finding('info', 'removal-unknown')];
  return hit.map(({ request }) => finding('warning', 'removal-breaks', { request: request.id, title: request.content.title }));
}

function catalogueFindings(content: RequestContent, ground: AnalysisGround): readonly Finding[] {
  if (content.kind === 'remove') return [];
  const unlike = content.flows.map((flow) => unlikeCatalogue(flow, content, ground)).filter((message) => message !== null);
  return unlike.length === 0 ? [finding('info', 'as-catalogue')] : unlike.map((message): Finding => ({ severity: 'warning', message }));
}

/** How a flow differs from the catalogue rule it came from at this site, or null when it does not. */
function unlikeCatalogue(flow: Flow, content: RequestContent, { topologies, sites }: AnalysisGround): Message | null {
  const params = { flow: flowText(flow) };
  if (flow.origin === null) return { key: 'finding.not-in-catalogue', params };
  const { rule: id, source, destination } = flow.origin;
  const rule = topologies.flatMap(({ rules }) => rules).find((candidate) => candidate.id === id);
  if (!rule) return { key: 'finding.rule-gone', params: { ...params, rule: id } };
  if (rule.transport !== flow.transport || !portsWithin(flow.ports, rule.ports)) {
    return { key: 'finding.other-service', params: { rule: id, service: portsText(flow) } };
  }
  const site = sites.find((candidate) => candidate.id === content.site);
  const families = new Set([...flow.source, ...flow.destination].map(endpointFamily).filter((family) => family !== null));
  // A role bound in both families makes a flow of each; a flow is compared with its own family's part.
  const bound = (role: typeof source): string =>
    JSON.stringify(
      (site?.bindings[role] ?? []).filter((endpoint) => {
        const family = endpointFamily(endpoint);
        return family === null || families.has(family);
      }),
    );
  const same = bound(source) === JSON.stringify(flow.source) && bound(destination) === JSON.stringify(flow.destination);
  return same ? null : { key: 'finding.other-addresses', params: { ...params, rule: id } };
}
