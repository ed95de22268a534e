import type { RequestId } from '../domain/change-request.ts';
import type { Intent } from '../nlu/intent.ts';
import { deedEntry } from './audit-drafts.ts';
import { requestsIn, silence } from './overheard.ts';
import type { AuditDraft, Knowledge } from './ports.ts';
import { readCommand } from './read-command.ts';
import { readView } from './request-views.ts';
import type { Plan, Surroundings, Turn } from './turn.ts';

/** The request in whose own thread something is said; null anywhere else. */
export async function requestOfThread({ activity }: Turn, { store }: Pick<Surroundings, 'store'>): Promise<RequestId | null> {
  const { conversation } = activity;
  const { thread, kind } = conversation;
  if (thread === null || kind !== 'channel') return null;
  return store.requestAt({ conversation: { ...conversation, thread: null }, id: thread });
}

/** What somebody said about a request in its thread, kept with it: the request itself is not changed by it. */
export function discussedEntry(turn: Turn, request: RequestId, text: string): AuditDraft {
  return deedEntry(turn, 'request.discussed', request, null, { text });
}

const show = [
  /^(?:please |pls )?(?:(?:show|see|view|open|display|give|tell)(?: me)?(?: about)? |(?:status|state|details?)(?: of| for)? |what(?:'s| is) (?:the )?(?:status|state) of |(?:how|where|what) is |(?:how|where|what)'s )?(?:the )?(?:request )?fcr-\d+(?:'s)?(?: status| state| details| please)*$/,
  /^(?:请|請|麻烦)?(?:显示|顯示|查看|看看|看|查询|查詢|查|打开|打開|状态|狀態|进度|進度|详情|詳情)?(?:一下)? ?(?:申请|申請)? ?fcr-\d+ ?的?(?:状态|狀態|进度|進度|情况|情況|详情|詳情|怎么样了?|怎麼樣了?|到哪了|到哪一步了?)?$/,
];

/** "FCR-12", "status of FCR-12", 查看 FCR-12: nothing is wanted but to see it. */
export function asksToShow(text: string): boolean {
  if (text.length > 120) return false;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
    .replace(/[ ?!.,。、]+$/, '')
    .trim();
  return show.some((phrase) => phrase.test(plain));
}

/** Orders have entries of their own; all else that is said in a request's thread is talk about it. */
export function isTalk(text: string, { kind }: Intent, words: Knowledge['words']): boolean {
  if (readView(text) !== null || readCommand(text, words) !== null) return false;
  if (kind === 'status') return requestsIn(text).length > 0 && !asksToShow(text);
  return !['decide', 'request', 'help'].includes(kind);
}

/** What somebody whom nothing is answered for says to others: kept where it is about a request, and never answered. */
export async function planUnanswered(turn: Turn, text: string, surroundings: Surroundings): Promise<Plan> {
  const request = await requestOfThread(turn, surroundings);
  return request === null ? silence : { ...silence, commit: { audit: [discussedEntry(turn, request, text)] } };
}
