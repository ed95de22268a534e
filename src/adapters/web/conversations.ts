import type { BoardMessage, Knowledge } from '../../app/ports.ts';
import type { Conversation } from '../../chat/activity.ts';

export const webPlatformId = 'web';
export const approvalsChannel: Conversation = { platform: webPlatformId, id: 'approvals', kind: 'channel', thread: null };

export function directConversation(account: string): Conversation {
  return { platform: webPlatformId, id: `direct:${account}`, kind: 'direct', thread: null };
}

/** The conversations an account sees: its own with the bot, and the channel for those who request, implement or approve. */
export function conversationsOf(account: string, knowledge: Knowledge): readonly Conversation[] {
  const own = directConversation(account);
  return inApprovals(account, knowledge) ? [own, approvalsChannel] : [own];
}

function inApprovals(account: string, knowledge: Knowledge): boolean {
  const person = knowledge.people.find((candidate) => candidate.id === account);
  if (person === undefined) return false;
  if (person.powers.includes('request') || person.powers.includes('implement')) return true;
  const approving = new Set(knowledge.policy.stages.map((stage) => stage.group));
  return knowledge.groups.some((group) => approving.has(group.id) && group.members.includes(person.id));
}

export function mayRead(account: string, message: BoardMessage, knowledge: Knowledge): boolean {
  if (message.seenBy !== null && message.seenBy !== account) return false;
  return conversationsOf(account, knowledge).some((conversation) => conversation.id === message.conversation.id);
}
