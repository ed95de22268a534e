import type { Activity, TurnContext } from 'botbuilder';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { Connection } from './connection.ts';
import { type Incoming, incomingSchema, tenantsOf } from './incoming.ts';
import type { Refused } from './refused.ts';

/** What is answered: a status, and for an invoke a body. Whoever is refused is told no more than the status. */
export type Outcome = { readonly status: number; readonly body?: object };

export type GatewayParts = {
  readonly connection: Connection;
  /** The one tenant that is served; null serves this machine alone, without authentication. */
  readonly tenant: string | null;
  readonly refused: Refused;
  readonly onFault: (fault: unknown) => void;
  readonly takeIn: (incoming: Incoming, context: TurnContext) => Promise<Outcome>;
};

const activitySchema = z.custom<Activity>((value) => incomingSchema.safeParse(value).success);
/** Faults on the way to the keys that tokens are checked with, and not of a token. */
const unreachable = z.union([
  z.object({ name: z.literal('FetchError') }),
  z.object({ statusCode: z.literal(500) }),
  z.object({ code: z.string().regex(/^E[A-Z]+$/) }),
]);

/** Lets in activities that are vouched for: by a token of the channel, for this bot, this service and this tenant. */
export function gateway({ connection, tenant, refused, onFault, takeIn }: GatewayParts): RequestHandler {
  async function receive(authorization: string, body: unknown): Promise<Outcome> {
    const read = incomingSchema.safeParse(body);
    if (!read.success) {
      refused('shape', read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
      return { status: 400 };
    }
    const incoming = read.data;
    if (tenant !== null && incoming.channelId !== 'msteams')
      return refusal('channel', `it names the channel ${JSON.stringify(incoming.channelId)}`);
    if (tenant !== null && authorization === '') return refusal('no-token', 'it has no token', 401);
    let outcome: Outcome | null = null;
    try {
      await connection.authenticated(authorization, activitySchema.parse(incoming), async (context) => {
        outcome = { status: 500 };
        outcome = stranger(incoming) ?? (await takeIn(incoming, context));
      });
    } catch (fault) {
      if (outcome !== null) return failed(fault);
      const why = fault instanceof Error ? fault.message : String(fault);
      return unreachable.safeParse(fault).success ? refusal('keys', why, 503) : refusal('token', why, 401);
    }
    return outcome ?? { status: 500 };
  }

  function stranger(incoming: Incoming): Outcome | null {
    if (tenant === null) {
      const { hostname } = new URL(incoming.serviceUrl);
      return isLoopbackName(hostname) ? null : refusal('service', `its service is not on this machine: ${hostname}`);
    }
    const tenants = tenantsOf(incoming);
    const others = tenants.filter((one) => one.toLowerCase() !== tenant.toLowerCase());
    if (tenants.length > 0 && others.length === 0) return null;
    return refusal('tenant', others[0] === undefined ? 'it names no tenant' : `it comes from the tenant ${JSON.stringify(others[0])}`);
  }

  function refusal(reason: Parameters<Refused>[0], why: string, status = 403): Outcome {
    refused(reason, why);
    return { status };
  }

  function failed(fault: unknown): Outcome {
    if (fault instanceof AppError && fault.code === 'store-busy') return { status: 503 };
    onFault(fault);
    return { status: 500 };
  }

  return async (request, response) => {
    const { remoteAddress } = request.socket;
    const ofThisMachine = isLoopbackAddress(remoteAddress) && isLoopbackName(request.hostname);
    const outcome =
      tenant === null && !ofThisMachine
        ? refusal('origin', `it comes from ${remoteAddress ?? 'nowhere'} for ${JSON.stringify(request.hostname)}`)
        : await receive(request.headers.authorization ?? '', request.body);
    response.status(outcome.status);
    if (outcome.body === undefined) response.end();
    else response.json(outcome.body);
  };
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (/^(::ffff:)?127\./.test(address) || address === '::1');
}

/** Another name that leads to this machine was rebound by a page of somebody else's. */
function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}
