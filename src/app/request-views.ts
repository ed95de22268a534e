import { firstSince } from '../audit/first-since.ts';
import { proveEntry } from '../audit/prove.ts';
import { readEntry } from '../audit/read-entry.ts';
import type { ChangeRequest, RequestId } from '../domain/change-request.ts';
import { refuse } from '../domain/refusal.ts';
import { deedEntry } from './audit-drafts.ts';
import { storyOf } from './audit-story.ts';
import { readRequestId } from './decisions.ts';
import { timelineCard } from './timeline-card.ts';
import { messageCard, type PersonTurn, type Plan, privately, refusedPlan, type Surroundings } from './turn.ts';

/** What somebody may want to see of a request beside its card. */
export const views = ['timeline', 'proof'] as const;
export type View = { readonly view: (typeof views)[number]; readonly request: string };

const longest = 120;
const phrases: readonly (readonly [View['view'], RegExp])[] = [
  ['timeline', /^(?:please )?(?:show(?: me)? )?(?:the )?(?:time ?line|history)(?: of| for)? (fcr-\d+)$/],
  ['timeline', /^(?:show(?: me)? )?(fcr-\d+)(?:['’]s)? (?:time ?line|history)$/],
  [
    'timeline',
    /^(?:请|請)?(?:显示|顯示|查看|看看|看)?(?:一下)? ?(fcr-\d+) ?的? ?(?:时间线|時間線|时间轴|時間軸|历史|歷史|历史记录|歷史記錄|经过|經過)$/,
  ],
  ['timeline', /^(?:时间线|時間線|时间轴|時間軸|历史|歷史) ?(fcr-\d+)$/],
  ['proof', /^(?:please )?(?:(?:show|give)(?: me)? )?(?:the )?(?:audit )?(?:proof|evidence)(?: of| for)? (fcr-\d+)$/],
  ['proof', /^prove (fcr-\d+)$/],
  ['proof', /^(?:请|請)?(?:给我|給我|显示|顯示|查看)? ?(fcr-\d+) ?的? ?(?:证明|證明|审计证明|審計證明)$/],
  ['proof', /^(?:证明|證明) ?(fcr-\d+)$/],
];

/** "timeline FCR-12", "FCR-12 的证明": whole phrases alone, so that nothing else is taken for one. */
export function readView(text: string): View | null {
  if (text.length > longest) return null;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replace(/[ ?!.。]+$/, '')
    .trim();
  for (const [view, phrase] of phrases) {
    const request = phrase.exec(plain)?.[1];
    if (request !== undefined) return { view, request: request.toUpperCase() };
  }
  return null;
}

export async function planView(turn: PersonTurn, { view, request: wanted }: View, surroundings: Surroundings): Promise<Plan> {
  const id = readRequestId(wanted);
  const request = id === null ? null : await surroundings.store.request(id);
  if (id === null || request === null) return refusedPlan(turn, 'request.show', id, refuse('no-such-request', { request: wanted }));
  return view === 'timeline' ? planTimeline(turn, request, surroundings) : planProof(turn, request, surroundings);
}

async function planTimeline(turn: PersonTurn, request: ChangeRequest, { store }: Surroundings): Promise<Plan> {
  const { knowledge, reader } = turn;
  const story = await store.readAudit((trail) => storyOf(trail, request, knowledge.people));
  return { commit: { audit: [] }, reply: privately(turn, [timelineCard(request, story, knowledge, reader)]) };
}

/** The proof as a text to copy, in the form that `audit prove --json` prints. Giving it out is an entry. */
async function planProof(turn: PersonTurn, request: ChangeRequest, { store }: Surroundings): Promise<Plan> {
  const { say } = turn.knowledge;
  const { id } = request;
  const proof = await store.readAudit(async (trail) => {
    const checkpoint = (await trail.checkpoints()).at(-1);
    const about = (await trail.about(id, await firstSince(trail, request.created_at))).map(({ idx }) => idx);
    const covered = about.filter((idx) => checkpoint !== undefined && idx < checkpoint.size);
    if (checkpoint === undefined || covered.length === 0) return null;
    const entries = [];
    for (const idx of covered) {
      const { bytes, proof: text } = await proveEntry(trail, idx, checkpoint);
      entries.push({ idx, entry: Buffer.from(bytes).toString('utf8'), proof: text });
    }
    const [ending] = await trail.entries(checkpoint.size - 1, checkpoint.size);
    const vkey = (ending && readEntry(ending.bytes)?.after)?.['key'];
    return { vkey: typeof vkey === 'string' ? vkey : '', checkpoint, entries, left: about.length - covered.length };
  });
  if (proof === null) return refusedPlan(turn, 'audit.prove', id, refuse('not-signed-yet', { request: id }));
  const { vkey, checkpoint, entries, left } = proof;
  const text = JSON.stringify({ vkey, checkpoint: checkpoint.note, entries }, null, 1);
  const label = say({ key: 'timeline.button.copy-proof' }, turn.reader);
  const messages = [
    { key: 'timeline.proof', params: { request: id, count: entries.length, size: checkpoint.size } },
    ...(left > 0 ? [{ key: 'timeline.proof.left', params: { count: left } }] : []),
  ];
  const card = messageCard(say, turn.reader, messages, {
    elements: [{ kind: 'text', spans: [{ code: vkey }] }],
    actions: [{ kind: 'copy', label, text }],
  });
  const entry = deedEntry(turn, 'audit.prove', id, { entries: entries.length, size: checkpoint.size });
  return { commit: { audit: [entry] }, reply: privately(turn, [card]) };
}

/** For a request's button of that name. */
export function viewOf(name: string, request: RequestId): View | null {
  const view = views.find((one) => one === name);
  return view === undefined ? null : { view, request };
}
