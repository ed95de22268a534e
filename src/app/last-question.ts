import { z } from 'zod';
import { instantOf } from '../domain/instant.ts';
import { roleIdSchema } from '../domain/role.ts';
import { topologyIdSchema } from '../domain/rule.ts';
import { portRangeSchema, transportSchema } from '../domain/service.ts';
import { siteIdSchema } from '../domain/site.ts';
import { type Json, jsonSchema } from '../locale.ts';
import type { Intent } from '../nlu/intent.ts';
import type { Answered } from './answer-ground.ts';
import type { Asker, LastQuestion, Store } from './ports.ts';
import type { Turn } from './turn.ts';

/** How long a question can be followed on. */
const hours = 12;

const readingSchema = z.object({
  from: z.array(roleIdSchema),
  to: z.array(roleIdSchema),
  both: z.boolean(),
  ports: z.array(portRangeSchema),
  transport: transportSchema.nullable(),
  application: z.array(z.string()),
  security: z.array(z.string()),
  topologies: z.array(topologyIdSchema),
  sites: z.array(siteIdSchema),
  addresses: z.object({ from: z.array(z.string()), to: z.array(z.string()) }),
});
const corrections = z.array(z.object({ typed: z.string(), read: roleIdSchema }));
const aspect = z.enum(['list', 'count', 'exists', 'why', 'breaks']);

/** The intents that can be followed on, as they are kept. */
const keptSchema: z.ZodType<Intent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['ports', 'check']), aspect, reading: readingSchema, corrections }),
  z.object({ kind: z.literal('unknown-role'), words: z.array(z.string()), reading: readingSchema, corrections }),
  z.object({ kind: z.literal('rule'), rules: z.array(z.string()) }),
  z.object({ kind: z.literal('compare'), topologies: z.array(topologyIdSchema), reading: readingSchema }),
]);

function askerOf({ activity }: Turn): Asker {
  const { platform, tenant, id } = activity.sender;
  return { account: JSON.stringify([platform, tenant, id]), conversation: activity.conversation };
}

const since = ({ now }: Turn): LastQuestion['since'] => instantOf(new Date(Date.parse(now) - hours * 3_600_000));

/** What the same person asked before in the same conversation; null after so long, or when an older version kept it. */
export async function lastIntent(turn: Turn, store: Pick<Store, 'lastQuestion'>): Promise<Intent | null> {
  const kept: Json = await store.lastQuestion(askerOf(turn), since(turn));
  return keptSchema.safeParse(kept).data ?? null;
}

/** What the next question in the conversation may follow on; null for what nothing can follow. */
export function toFollow(turn: Turn, answered: Answered): LastQuestion | null {
  const last = answered.parts.at(-1) ?? answered;
  const { intent, scope } = last;
  const kept = keptSchema.safeParse(
    'reading' in intent ? { ...intent, reading: { ...intent.reading, topologies: scope.topologies } } : intent,
  );
  if (!kept.success) return null;
  return { asker: askerOf(turn), intent: jsonSchema.parse(JSON.parse(JSON.stringify(kept.data))), since: since(turn) };
}
