import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Refused } from './refused.ts';

/** More than any activity of Teams, whose messages end at about 100 kB. */
const mostBytes = 256 * 1024;
/** Deeper than any card; deeper nesting would exhaust whoever walks it. */
const deepest = 60;

/** Reads a JSON object of a reasonable size and depth; whatever else was sent is refused without a word. */
export function readBody(refused: Refused): readonly (RequestHandler | ErrorRequestHandler)[] {
  const faulty: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    refused('body', error instanceof Error ? error.message : String(error));
    response.status(statusOf(error)).end();
  };
  const sound: RequestHandler = (request, response, next) => {
    const body: unknown = request.body;
    if (request.is('application/json') === false) {
      refused('body', 'no JSON');
      response.status(415).end();
    } else if (typeof body !== 'object' || body === null || Array.isArray(body) || !isShallow(body)) {
      refused('body', 'no JSON object of a reasonable depth');
      response.status(400).end();
    } else next();
  };
  return [express.json({ limit: mostBytes, inflate: false, type: 'application/json' }), faulty, sound];
}

const statusSchema = z.object({ status: z.int().min(400).max(499) });

function statusOf(error: unknown): number {
  return statusSchema.safeParse(error).data?.status ?? 400;
}

/** Level by level, so that depth costs no stack. */
function isShallow(value: object): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return true;
}
