import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import { ConnectorRefusal } from './errors.ts';

type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>['httpClient']>;

const longestCallMs = 10_000;
/** `fetch` sets these itself. */
const ofTheConnection = new Set(['host', 'connection', 'content-length', 'accept-encoding']);
const refusalBody = z.object({ error: z.object({ code: z.string().max(100) }) });

/**
 * Calls to Teams' connector: at most ten seconds each, and a refusal is an error at once. botbuilder's own client waits as long
 * as it is told to and tries again in between, which is the outbox's to decide.
 */
export function createHttpClient(): HttpClient {
  return {
    async sendRequest(request) {
      const sent = Object.entries(request.headers.toJson({ preserveCase: true })).filter(
        ([name]) => !ofTheConnection.has(name.toLowerCase()),
      );
      const body: unknown = request.body;
      const response = await fetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(sent),
        redirect: 'error',
        signal: AbortSignal.timeout(longestCallMs),
        ...(typeof body === 'string' ? { body } : {}),
      });
      const text = await response.text();
      if (!response.ok) throw new ConnectorRefusal(response.status, codeOf(text), retryAfterMs(response.headers.get('retry-after')));
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      for (const [name, value] of response.headers) headers.set(name, value);
      return { request, status: response.status, headers, bodyAsText: text };
    },
  };
}

function codeOf(text: string): string | null {
  try {
    return refusalBody.parse(JSON.parse(text)).error.code;
  } catch {
    return null;
  }
}

/** Seconds, or a date. */
function retryAfterMs(value: string | null): number | null {
  if (value === null) return null;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) && ms >= 0 ? ms : null;
}
