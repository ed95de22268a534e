import { createHmac } from 'node:crypto';
import { bot } from './slack-emulator.ts';

export const signingSecret = 'a-signing-secret';

export type Sent = { readonly status: number; readonly body: string; readonly ms: number };

/** Sends what Slack would, signed as Slack signs. */
export type SlackSender = {
  readonly event: (event: Readonly<Record<string, unknown>>, headers?: Readonly<Record<string, string>>) => Promise<Sent>;
  readonly interaction: (payload: Readonly<Record<string, unknown>>) => Promise<Sent>;
  readonly form: (fields: Readonly<Record<string, string>>) => Promise<Sent>;
  /** Any body under any headers at all; what is not said is signed properly. */
  readonly raw: (body: string, type: string, headers?: Readonly<Record<string, string | null>>) => Promise<Sent>;
};

export function sign(body: string, timestamp: string, secret = signingSecret): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

const formType = 'application/x-www-form-urlencoded';

export function createSender(url: () => string): SlackSender {
  let events = 0;
  const raw: SlackSender['raw'] = async (body, type, headers = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const proper = { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(body, timestamp) };
    const sent = Object.entries({ ...proper, ...headers }).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
    const began = performance.now();
    const response = await fetch(url(), { method: 'POST', headers: Object.fromEntries(sent), body });
    return { status: response.status, body: await response.text(), ms: performance.now() - began };
  };
  return {
    raw,
    event(event, headers = {}) {
      events += 1;
      const about = { token: 'unused', team_id: bot.team, api_app_id: bot.app, type: 'event_callback', event_id: `Ev${events}` };
      return raw(JSON.stringify({ ...about, event_time: Math.floor(Date.now() / 1000), event }), 'application/json', headers);
    },
    interaction: (payload) => raw(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), formType),
    form: (fields) => raw(new URLSearchParams(fields).toString(), formType),
  };
}
