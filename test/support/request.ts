import { type Group, groupSchema, type Person, personIdSchema, personSchema } from '../../src/domain/actor.ts';
import { approvalPolicySchema } from '../../src/domain/approval-policy.ts';
import type { Directory } from '../../src/domain/authority.ts';
import { type ChangeRequest, changeRequestSchema, type RequestContent, requestContentSchema } from '../../src/domain/change-request.ts';
import { contentHash } from '../../src/domain/content-hash.ts';
import { instantSchema } from '../../src/domain/instant.ts';

export const person = (id: string) => personIdSchema.parse(id);
export const at = (text: string) => instantSchema.parse(text);
export const noon = at('2026-11-23T12:00:00.000Z');

const people: readonly Person[] = ['rita', 'otto', 'ann', 'ben', 'sue', 'ivy', 'eve'].map((id) =>
  personSchema.parse({
    id,
    name: id[0]?.toUpperCase() + id.slice(1),
    email: `${id}@example.com`,
    locale: 'en',
    zone: 'Europe/Berlin',
    powers: id === 'ivy' ? ['implement'] : id === 'eve' ? [] : ['request'],
  }),
);
const groups: readonly Group[] = [
  groupSchema.parse({ id: 'network', name: { en: 'Network', 'zh-CN': '网络' }, members: ['ann', 'ben', 'rita', 'otto'] }),
  groupSchema.parse({ id: 'security', name: { en: 'Security', 'zh-CN': '安全' }, members: ['sue', 'ann'] }),
];

/** Two stages: two of the network group, then one of security. Ann is in both; Rita asks for Otto, and both are in the first. */
export const directory: Directory = {
  people,
  groups,
  policy: approvalPolicySchema.parse({
    stages: [
      { id: 'network', name: { en: 'Network', 'zh-CN': '网络' }, group: 'network', quorum: 2 },
      { id: 'security', name: { en: 'Security', 'zh-CN': '安全' }, group: 'security', quorum: 1 },
    ],
    bounds: { ipv4_prefix: 24, ipv6_prefix: 64, ports: 16 },
    risky_services: [{ service: 'tcp/23', reason: { en: 'Telnet', 'zh-CN': 'Telnet' } }],
  }),
};

export const content: RequestContent = requestContentSchema.parse({
  kind: 'add',
  urgency: 'normal',
  title: 'Open Edge to Director',
  requester: 'rita',
  on_behalf_of: 'otto',
  application: 'Lync',
  application_owner: 'UC team',
  ticket: null,
  site: null,
  flows: [
    {
      source: [{ kind: 'address', value: '192.0.2.10' }],
      destination: [{ kind: 'address', value: '198.51.100.20' }],
      transport: 'tcp',
      ports: [{ from: 5061, to: 5061 }],
      origin: null,
    },
  ],
  business_need: 'new pool',
  security_impact: 'none',
  compensating_control: null,
  window: { kind: 'any' },
  expiry: { kind: 'permanent' },
  test_plan: 'call somebody',
  backout_plan: 'remove the rule',
});

const salt = Buffer.alloc(32, 1).toString('base64');

/** A request in a state, as if it had got there. */
export function requestIn(state: ChangeRequest['state'], over: Partial<ChangeRequest> = {}): ChangeRequest {
  const asked = over.content ?? content;
  return changeRequestSchema.parse({
    id: 'FCR-1',
    number: 1,
    version: 3,
    content_version: 2,
    state,
    stage: state === 'in-approval' ? 0 : null,
    content: asked,
    content_hash: contentHash(asked, salt),
    salt,
    approvals: [],
    remarks: [],
    findings: [],
    dialog: { id: 'request-rule', hash: 'x', state: {} },
    catalogue_version: 'sha256:x',
    policy_version: 'sha256:x',
    created_at: noon,
    updated_at: noon,
    ...over,
  });
}
