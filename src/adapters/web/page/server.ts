import type { WireEvent, WireLocale, WireTurn, WireView } from './wire.ts';

/** What the server said no with, in words for the reader; null when it could not be reached. */
export class Failure extends Error {
  readonly said: string | null;

  constructor(said: string | null) {
    super(said ?? 'the server did not answer');
    this.said = said;
  }
}

export async function loadView(person: string, locale: WireLocale | null): Promise<WireView> {
  const language: Record<string, string> = locale === null ? {} : { lang: locale };
  return ask(`api/view?${new URLSearchParams({ as: person, ...language })}`);
}

export async function sendTurn(turn: WireTurn, locale: WireLocale): Promise<void> {
  await ask(`api/turns?lang=${locale}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(turn) });
}

/** Our own server answers with the shapes of wire.ts, or `{ error }`. */
async function ask<T>(path: string, options: RequestInit = {}): Promise<T> {
  let response: Response;
  let body: T & { readonly error?: string };
  try {
    response = await fetch(path, options);
    body = await response.json();
  } catch {
    throw new Failure(null);
  }
  if (!response.ok) throw new Failure(body.error ?? null);
  return body;
}

/**
 * Listens to what happens in this person's conversations. The browser connects again by itself and names the last event it
 * saw; `onRefresh` is called when the server can't tell what came since. Returns a function that ends it.
 */
export function listen(person: string, on: { message(event: WireEvent): void; refresh(): void; connected(is: boolean): void }): () => void {
  const source = new EventSource(`api/events?${new URLSearchParams({ as: person })}`);
  source.addEventListener('open', () => on.connected(true));
  source.addEventListener('error', () => on.connected(false));
  source.addEventListener('refresh', () => on.refresh());
  source.addEventListener('message', (event) => on.message(JSON.parse(event.data)));
  return () => source.close();
}
