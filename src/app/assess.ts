import { type Analysis, analyse } from '../domain/analysis.ts';
import type { RequestContent, RequestId, RequestState } from '../domain/change-request.ts';
import type { Knowledge, Store } from './ports.ts';

/** Requests whose flows count when another one is looked at: those on their way, and those that are open in the firewall. */
const counting: readonly RequestState[] = [
  'submitted',
  'in-approval',
  'approved',
  'scheduled',
  'implementing',
  'implemented',
  'verified',
  'closed',
  'recertification-due',
];

/** Looks at what is asked for beside the catalogue, the site, the policy and every other request. `self` is left out. */
export async function assess(
  content: RequestContent,
  self: RequestId | null,
  knowledge: Knowledge,
  store: Pick<Store, 'requests'>,
): Promise<Analysis> {
  const others = (await store.requests({ states: counting })).filter(({ id }) => id !== self);
  return analyse(content, { topologies: knowledge.topologies, sites: knowledge.sites, policy: knowledge.policy, others });
}
