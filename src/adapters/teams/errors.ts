import type { Delivery } from '../../chat/platform.ts';

/** Teams' connector answered, but not with success. `retryAfterMs` is what it asked for. */
export class ConnectorRefusal extends Error {
  override readonly name = 'ConnectorRefusal';
  readonly status: number;
  readonly retryAfterMs: number | null;

  constructor(status: number, code: string | null, retryAfterMs: number | null) {
    super(`Teams answered ${status}${code === null ? '' : ` ${code}`}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

const shortestWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;
/** Asked to wait for longer, it is asked again all the same: a day's wait would look like a lost message. */
const longestObeyedMs = 30 * 60_000;

/**
 * How a failed delivery ended. 403: blocked or uninstalled; 404: the conversation or message is no more; 413: too large; none of
 * them gets better. `failures` in a row make the wait longer, and `random` (0 to 1) keeps those who wait from meeting again.
 */
export function failedDelivery(fault: unknown, failures: number, random: () => number): Delivery {
  const reason = fault instanceof Error ? fault.message : String(fault);
  const refusal = fault instanceof ConnectorRefusal ? fault : null;
  if (refusal !== null && !maySucceedLater(refusal.status)) return { kind: 'gone', reason };
  const wait = Math.min(shortestWaitMs * 2 ** failures, longestWaitMs) * (0.5 + random());
  const asked = Math.min(refusal?.retryAfterMs ?? 0, longestObeyedMs);
  return { kind: 'retry', afterMs: Math.round(asked > 0 ? asked + random() * shortestWaitMs : wait), reason };
}

function maySucceedLater(status: number): boolean {
  return status >= 500 || [401, 408, 412, 425, 429].includes(status);
}
