import express, { type Request, type Response } from 'express';
import { z } from 'zod';
import { type Listening, listen } from '../../src/adapters/http/listen.ts';
import { type JsonObject, jsonSchema } from '../../src/locale.ts';

/** Somebody in Teams. `mri` is what Teams' own lists call them. `installed`: whether they have the app. */
export type TeamsUser = {
  readonly aadObjectId: string;
  readonly mri: string;
  readonly name: string;
  readonly tenant: string;
  readonly role: 'user' | 'guest' | 'anonymous';
  readonly installed: boolean;
};

export type PostedMessage = {
  readonly id: string;
  readonly conversation: string;
  /** The message it stands under, in a channel. */
  readonly root: string | null;
  readonly summary: string;
  readonly content: JsonObject;
  readonly edits: number;
};

export type Failing = { readonly status: number; readonly code?: string; readonly retryAfter?: string };

export type Connector = {
  readonly url: string;
  readonly token: string;
  /** Every message of the bot in a conversation, in order. */
  readonly messages: (conversation: string) => readonly PostedMessage[];
  readonly personal: (user: TeamsUser) => string;
  readonly addChannel: (id: string) => void;
  /** A message somebody wrote at the top of a channel, so that others can stand under it. */
  readonly addRoot: (channel: string) => string;
  /** The next calls that post or edit are answered so; null: not at all. */
  readonly failNext: (...failures: readonly (Failing | null)[]) => void;
  /** Looking members up fails from now on. */
  readonly hideRoster: (hidden: boolean) => void;
  /** What it refused for a breach of Teams' own rules: tests expect none. */
  readonly breaches: readonly string[];
  readonly calls: { sent: number; edited: number; lookups: number; unauthorized: number };
  readonly close: Listening['close'];
};

const refusedBytes = 100_000;
const adviceBytes = 28_000;
const sending = [
  { most: 7, withinMs: 1_000 },
  { most: 8, withinMs: 2_000 },
  { most: 60, withinMs: 30_000 },
] as const;

const activitySchema = z.object({
  type: z.literal('message'),
  text: z.string().optional(),
  summary: z.string().min(1),
  conversation: z.object({ conversationType: z.enum(['personal', 'groupChat', 'channel']) }),
  attachments: z
    .array(z.object({ contentType: z.literal('application/vnd.microsoft.card.adaptive'), content: z.record(z.string(), jsonSchema) }))
    .length(1),
});
const creationSchema = z.object({
  isGroup: z.literal(false),
  tenantId: z.string(),
  members: z.array(z.object({ id: z.string() })).length(1),
});

/**
 * Teams' connector, as far as a bot sees it: it keeps messages and enforces what Teams documents. `check` looks at every card;
 * it returns what is wrong with it.
 */
export async function startConnector(options: {
  readonly users: readonly TeamsUser[];
  readonly now: () => number;
  readonly check: (content: JsonObject) => readonly string[];
  readonly unsigned: boolean;
}): Promise<Connector> {
  const token = 'what-the-bot-was-given';
  const conversations = new Map<string, PostedMessage[]>();
  const roots = new Map<string, Set<string>>();
  const sent = new Map<string, number[]>();
  const breaches: string[] = [];
  const calls = { sent: 0, edited: 0, lookups: 0, unauthorized: 0 };
  let failures: readonly (Failing | null)[] = [];
  let rosterHidden = false;
  let lastId = 1_700_000_000_000;
  const nextId = (): string => {
    lastId += 1;
    return String(lastId);
  };
  const personal = (user: TeamsUser): string => `a:${user.mri.slice(3)}`;
  for (const user of options.users) if (user.installed) conversations.set(personal(user), []);

  const refuse = (response: Response, status: number, code: string): void => {
    response.status(status).json({ error: { code, message: 'for developers alone' } });
  };
  const split = (id: string) => {
    const [conversation = id, root] = id.split(';messageid=', 2);
    return { conversation, root: root ?? null };
  };
  const userBy = (id: string) => options.users.find(({ mri, aadObjectId }) => mri === id || aadObjectId === id);

  /** Whether the call is answered already. */
  function stopped(request: Request, response: Response): boolean {
    const [failure, ...rest] = failures;
    if (failure === undefined) return false;
    failures = rest;
    if (failure === null) return true;
    if (failure.retryAfter !== undefined) response.set('Retry-After', failure.retryAfter);
    refuse(response, failure.status, failure.code ?? 'Failed');
    request.resume();
    return true;
  }

  function accepted(request: Request, response: Response): { content: JsonObject; summary: string } | null {
    const bytes = JSON.stringify(request.body).length * 2;
    if (bytes > refusedBytes) {
      refuse(response, 413, 'MessageSizeTooBig');
      return null;
    }
    const activity = activitySchema.safeParse(request.body);
    const [attachment] = activity.data?.attachments ?? [];
    const wrong = attachment === undefined ? [`not a card alone: ${activity.error?.message}`] : options.check(attachment.content);
    if (bytes > adviceBytes) breaches.push(`${bytes} bytes`);
    if (activity.data?.text) breaches.push('a text beside a card');
    breaches.push(...wrong);
    if (attachment === undefined || wrong.length > 0) {
      refuse(response, 400, 'BadSyntax');
      return null;
    }
    return { content: attachment.content, summary: activity.data?.summary ?? '' };
  }

  function throttled(conversation: string, response: Response): boolean {
    const now = options.now();
    const times = (sent.get(conversation) ?? []).filter((time) => time > now - 30_000);
    sent.set(conversation, [...times, now]);
    const over = sending.some(({ most, withinMs }) => times.filter((time) => time > now - withinMs).length >= most);
    if (!over) return false;
    breaches.push('too many messages at once');
    response.set('Retry-After', '2');
    refuse(response, 429, 'TooManyRequests');
    return true;
  }

  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));
  router.use((request, response, next) => {
    const expected = options.unsigned ? undefined : `Bearer ${token}`;
    if (request.headers.authorization === expected) return next();
    calls.unauthorized += 1;
    refuse(response, 401, 'Unauthorized');
  });
  router.post('/v3/conversations', (request, response) => {
    const creation = creationSchema.safeParse(request.body);
    const user = userBy(creation.data?.members[0]?.id ?? '');
    if (user === undefined || user.tenant !== creation.data?.tenantId) return refuse(response, 400, 'BadSyntax');
    if (!user.installed) return refuse(response, 403, 'ForbiddenOperationException');
    response.status(201).json({ id: personal(user) });
  });
  const post = (request: Request<{ id: string }>, response: Response) => {
    if (stopped(request, response)) return;
    const { conversation, root } = split(request.params.id);
    const messages = conversations.get(conversation);
    if (messages === undefined || (root !== null && !roots.get(conversation)?.has(root)))
      return refuse(response, 404, 'ConversationNotFound');
    if (throttled(conversation, response)) return;
    const card = accepted(request, response);
    if (card === null) return;
    const id = nextId();
    if (root === null) roots.set(conversation, new Set([...(roots.get(conversation) ?? []), id]));
    messages.push({ id, conversation, root, ...card, edits: 0 });
    calls.sent += 1;
    response.status(201).json({ id });
  };
  router.post('/v3/conversations/:id/activities', post);
  router.post('/v3/conversations/:id/activities/:replyTo', post);
  router.put('/v3/conversations/:id/activities/:message', (request, response) => {
    if (stopped(request, response)) return;
    const messages = conversations.get(split(request.params.id).conversation) ?? [];
    const index = messages.findIndex(({ id }) => id === request.params.message);
    const before = messages[index];
    if (before === undefined) return refuse(response, 404, 'ActivityNotFoundInConversation');
    const card = accepted(request, response);
    if (card === null) return;
    messages[index] = { ...before, ...card, edits: before.edits + 1 };
    calls.edited += 1;
    response.json({ id: before.id });
  });
  router.get('/v3/conversations/:id/members/:member', (request, response) => {
    calls.lookups += 1;
    const user = userBy(request.params.member);
    if (rosterHidden || user === undefined) return refuse(response, 404, 'MemberNotFoundInConversation');
    const { mri, name, aadObjectId, tenant, role } = user;
    response.json({ id: mri, name, aadObjectId, objectId: aadObjectId, tenantId: tenant, userRole: role });
  });
  const server = await listen([router], '127.0.0.1', 0);
  return {
    url: server.url,
    token,
    messages: (conversation) => [...(conversations.get(conversation) ?? [])],
    personal,
    addChannel: (id) => void conversations.set(id, []),
    addRoot(channel) {
      const id = nextId();
      roots.set(channel, new Set([...(roots.get(channel) ?? []), id]));
      return id;
    },
    failNext: (...next) => {
      failures = next;
    },
    hideRoster: (hidden) => {
      rosterHidden = hidden;
    },
    breaches,
    calls,
    close: server.close,
  };
}
