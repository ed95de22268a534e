import type { BoardMessage, Knowledge, KnowledgeSource, MessageBoard } from '../../src/app/ports.ts';
import { peopleFileSchema } from '../../src/domain/actor.ts';
import { approvalPolicySchema } from '../../src/domain/approval-policy.ts';

const file = peopleFileSchema.parse({
  people: [
    { id: 'engineer', name: 'Erin', email: 'engineer@example.com', locale: 'en', zone: 'Europe/Berlin', powers: ['request'] },
    { id: 'approver', name: '陈安', email: 'approver@example.com', locale: 'zh-CN', zone: 'Asia/Shanghai' },
    { id: 'auditor', name: 'Amadou', email: 'auditor@example.com', locale: 'en', zone: 'Europe/London', powers: ['audit'] },
  ],
  groups: [{ id: 'network-approvers', name: { en: 'Network approvers', 'zh-CN': '网络审批组' }, members: ['approver'] }],
});

/** Three people, one approval stage, and every text said as its key. */
const knowledge: Knowledge = {
  roles: [],
  notRoles: [],
  topics: [],
  topologies: [],
  sites: [],
  people: file.people,
  groups: file.groups,
  policy: approvalPolicySchema.parse({
    stages: [{ id: 'network', name: { en: 'Network', 'zh-CN': '网络' }, group: 'network-approvers', quorum: 1 }],
    bounds: { ipv4_prefix: 24, ipv6_prefix: 64, ports: 16 },
  }),
  dialogs: new Map(),
  say: ({ key }) => key,
  words: new Map(),
  versions: { catalogue: '', people: '', policy: '', sites: '', dialogs: '' },
};

export const stubKnowledge: KnowledgeSource = { current: () => knowledge, problems: () => [], onReload: () => () => undefined };

/** A board that forgets when the test ends. */
export function memoryBoard(): MessageBoard {
  const messages: { key: string; message: BoardMessage }[] = [];
  return {
    async append(message, key) {
      const standing = messages.find((each) => each.key === key);
      if (standing) return standing.message;
      const added: BoardMessage = { ...message, id: `m${messages.length + 1}`, editedAt: null };
      messages.push({ key, message: added });
      return added;
    },
    async replace(id, content, at) {
      const standing = messages.find(({ message }) => message.id === id);
      if (!standing) return null;
      standing.message = { ...standing.message, content, editedAt: at };
      return standing.message;
    },
    list: async (conversationId, limit) =>
      messages
        .map(({ message }) => message)
        .filter(({ conversation }) => conversation.id === conversationId)
        .slice(-limit),
  };
}
