import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { bot, type SlackEmulator } from './slack-emulator.ts';
import { checkSlackMessage, checkSlackView } from './slack-limits.ts';

/** A call of the Web API that came through, and its answer. */
export type FrontCall = { readonly method: string; readonly args: Readonly<Record<string, unknown>>; readonly answer: unknown };

/** How a call is refused: a status, no answer at all, or an error of Slack's. */
type Refused =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'hang' }
  | { readonly kind: 'error'; readonly error: string };
/** It is done, but its answer is lost, or never comes. */
type Unheard = { readonly kind: 'lost' | 'unanswered' };
export type Fault = Refused | Unheard;

const isUnheard = (fault: Fault): fault is Unheard => fault.kind === 'lost' || fault.kind === 'unanswered';

export type View = z.infer<typeof viewSchema>;
export type Whisper = {
  readonly user: string;
  readonly channel: string;
  readonly thread: string | null;
  readonly ts: string;
  readonly blocks: readonly unknown[];
  readonly text: string;
  /** `in_channel` where everyone sees it. */
  readonly type: string;
};

/** For Socket Mode. */
export const appToken = 'xapp-1-test';

const viewSchema = z.looseObject({
  id: z.string(),
  type: z.string(),
  hash: z.string(),
  blocks: z.array(z.unknown()),
  callback_id: z.string().nullish(),
});
const opened = z.object({ ok: z.literal(true), view: viewSchema });
const viewPayload = z.looseObject({ type: z.string(), blocks: z.array(z.unknown()) });
const repliesOf = z.object({ messages: z.array(z.unknown()).optional() });
const payload = z.object({ text: z.string().default(''), blocks: z.array(z.unknown()).default([]) });

export type SlackFront = {
  /** The Web API's address, for the bot. */
  readonly api: string;
  readonly calls: readonly FrontCall[];
  /** What Slack's documented limits do not allow, of everything the bot sent. */
  readonly problems: readonly string[];
  /** The modal each person has in front of them, and their home page, by account. */
  readonly modals: Map<string, View>;
  readonly homes: ReadonlyMap<string, View>;
  readonly whispers: readonly Whisper[];
  /** What users.info says beside what the emulator does, by account. */
  readonly profiles: Map<string, Readonly<Record<string, unknown>>>;
  readonly groups: Map<string, readonly string[]>;
  /** Where Socket Mode is to connect; null where it is switched off. */
  socketUrl: string | null;
  /** What the scopes header says; null leaves it away. */
  scopes: readonly string[] | null;
  /** Makes calls of a method, or of all, fail from now on, and returns how to end that. */
  readonly fail: (method: string | null, fault: Fault, times?: number) => () => void;
  /** A trigger as Slack gives with a click, in a modal or elsewhere: good for three seconds, once. */
  readonly newTrigger: (user: string, modal?: string) => Promise<string>;
  readonly responseUrl: (user: string, channel: string) => string;
  /** Shows what a command was answered with. */
  readonly takeAnswer: (user: string, channel: string, answer: unknown) => void;
  /** Shows a view as Slack does when an answer to a submission says so. */
  readonly replaceModal: (user: string, view: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Stands in front of the emulator: adds what it lacks, keeps what the bot sends, holds it against Slack's limits, and can make
 * calls fail.
 */
export async function startFront(emulator: SlackEmulator, scopes: readonly string[]): Promise<SlackFront> {
  const calls: FrontCall[] = [];
  const problems: string[] = [];
  const whispers: Whisper[] = [];
  const modals = new Map<string, View>();
  const homes = new Map<string, View>();
  const profiles = new Map<string, Readonly<Record<string, unknown>>>();
  const groups = new Map<string, readonly string[]>();
  const faults: { method: string | null; fault: Fault; left: number }[] = [];
  const triggers = new Map<string, string>();
  let responses = 0;
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      problems.push(String(error));
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const base = `http://127.0.0.1:${port}`;
  const front: SlackFront = {
    api: `${base}/api/`,
    calls,
    problems,
    modals,
    homes,
    whispers,
    profiles,
    groups,
    scopes,
    socketUrl: null,
    fail(method, fault, times = Number.POSITIVE_INFINITY) {
      const entry = { method, fault, left: times };
      faults.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    async newTrigger(user, modal) {
      const about = modal === undefined ? {} : { view_id: modal };
      const answer = await emulator.call('views.generateTriggerId', { user_id: user, ...about });
      const { trigger_id } = z.object({ trigger_id: z.string() }).parse(answer);
      triggers.set(trigger_id, user);
      return trigger_id;
    },
    responseUrl: (user, channel) => `${base}/respond/${user}/${channel}`,
    takeAnswer: (user, channel, answer) => whispered(user, channel, answer),
    async replaceModal(user, view) {
      const standing = modals.get(user);
      if (standing === undefined) throw new Error('there is no modal to put a page into');
      checkView(view);
      const answer = opened.parse(await emulator.call('views.update', { view_id: standing.id, view }));
      modals.set(user, answer.view);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return front;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const path = request.url ?? '';
    if (path.startsWith('/respond/')) return respond(path, JSON.parse(body), response);
    const method = path.replace('/api/', '');
    const args = argsOf(body, request.headers['content-type'] ?? '');
    const failing = faults.find((one) => one.left > 0 && (one.method === null || one.method === method));
    if (failing) failing.left -= 1;
    if (failing && !isUnheard(failing.fault)) {
      calls.push({ method, args, answer: failing.fault });
      return fault(failing.fault, response);
    }
    const answer = await answerOf(method, args, body, request);
    calls.push({ method, args, answer });
    if (method === 'chat.postEphemeral') await checkSeen(args['channel'], args['thread_ts']);
    keep(method, args, answer);
    if (failing?.fault.kind === 'unanswered') return;
    if (failing) return void response.destroy();
    response.setHeader('content-type', 'application/json');
    if (front.scopes !== null) response.setHeader('x-oauth-scopes', front.scopes.join(','));
    response.end(JSON.stringify(answer));
  }

  function fault(failure: Refused, response: ServerResponse): void {
    if (failure.kind === 'hang') return;
    if (failure.kind === 'status') response.writeHead(failure.status, failure.headers ?? {}).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: false, error: failure.error }));
  }

  async function answerOf(method: string, args: FrontCall['args'], body: string, request: IncomingMessage): Promise<unknown> {
    if (method === 'apps.connections.open') {
      const isOurs = request.headers.authorization === `Bearer ${appToken}` && front.socketUrl !== null;
      return isOurs ? { ok: true, url: front.socketUrl } : { ok: false, error: 'invalid_auth' };
    }
    if (request.headers.authorization !== `Bearer ${bot.token}`) return { ok: false, error: 'invalid_auth' };
    if (method === 'usergroups.users.list') {
      const users = groups.get(String(args['usergroup']));
      return users === undefined ? { ok: false, error: 'no_such_subteam' } : { ok: true, users };
    }
    const forwarded = await fetch(`${emulator.api}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bot.token}`, 'content-type': request.headers['content-type'] ?? '' },
      body,
    });
    const answer: unknown = await forwarded.json();
    const user = profiles.get(String(args['user']));
    const info = z.object({ user: z.looseObject({}) }).safeParse(answer);
    return method === 'users.info' && user && info.success ? { ok: true, user: { ...info.data.user, ...user } } : answer;
  }

  function keep(method: string, args: FrontCall['args'], answer: unknown): void {
    if (method.startsWith('chat.')) checkMessage(args);
    if (method.startsWith('views.')) checkView(args['view']);
    const shown = opened.safeParse(answer);
    if ((method === 'views.open' || method === 'views.push') && shown.success) {
      const user = triggers.get(String(args['trigger_id'])) ?? '';
      modals.set(user, shown.data.view);
    }
    if (method === 'views.update' && shown.success) {
      const user = [...modals].find(([, view]) => view.id === shown.data.view.id)?.[0];
      if (user !== undefined) modals.set(user, shown.data.view);
    }
    if (method === 'views.publish' && shown.success) homes.set(String(args['user_id']), shown.data.view);
    const ephemeral = z.object({ ok: z.literal(true), message_ts: z.string() }).safeParse(answer);
    if (method === 'chat.postEphemeral' && ephemeral.success) {
      const thread = typeof args['thread_ts'] === 'string' ? args['thread_ts'] : null;
      const { text, blocks } = payload.parse(args);
      const where = { user: String(args['user']), channel: String(args['channel']), thread };
      whispers.push({ ...where, ts: ephemeral.data.message_ts, text, blocks, type: 'ephemeral' });
    }
  }

  /** Slack shows a message for one person alone in a thread only where somebody has replied. */
  async function checkSeen(channel: unknown, thread: unknown): Promise<void> {
    if (typeof thread !== 'string') return;
    const { messages = [] } = repliesOf.parse(await emulator.call('conversations.replies', { channel, ts: thread }));
    if (messages.length < 2) problems.push(`said to one person in a thread without replies, where nobody sees it: ${thread}`);
  }

  async function respond(path: string, body: unknown, response: ServerResponse): Promise<void> {
    const [, , user = '', channel = ''] = path.split('/');
    const failing = faults.find((one) => one.left > 0 && one.method === 'response_url');
    if (failing && !isUnheard(failing.fault)) {
      failing.left -= 1;
      fault(failing.fault, response);
      return;
    }
    const { response_type, thread_ts } = z.object({ response_type: z.string(), thread_ts: z.string().nullish() }).parse(body);
    if (response_type === 'ephemeral') await checkSeen(channel, thread_ts);
    whispered(user, channel, body);
    response.end('ok');
  }

  function whispered(user: string, channel: string, body: unknown): void {
    checkMessage(body);
    const { response_type: type, thread_ts } = z.object({ response_type: z.string(), thread_ts: z.string().nullish() }).parse(body);
    responses += 1;
    const ts = `${Math.floor(Date.now() / 1000)}.9${String(responses).padStart(5, '0')}`;
    whispers.push({ user, channel, thread: thread_ts ?? null, ts, type, ...payload.parse(body) });
  }

  function checkMessage(value: unknown): void {
    const { text, blocks } = payload.parse(value);
    problems.push(...checkSlackMessage({ text, blocks }));
  }

  function checkView(value: unknown): void {
    problems.push(...checkSlackView(viewPayload.parse(value)));
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  return text;
}

/** The web client sends forms whose larger values are JSON. */
function argsOf(body: string, type: string): FrontCall['args'] {
  if (type.startsWith('application/json')) return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  const entries = [...new URLSearchParams(body)].map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value] as const);
  return Object.fromEntries(entries);
}
