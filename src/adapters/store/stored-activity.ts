import { z } from 'zod';
import type { Activity } from '../../chat/activity.ts';
import { conversationSchema } from './stored.ts';
import { submissionSchema } from './stored-form.ts';

const common = {
  id: z.string(),
  conversation: conversationSchema,
  sender: z.object({
    platform: z.string(),
    tenant: z.string().nullable(),
    id: z.string(),
    name: z.string(),
    standing: z.enum(['member', 'guest', 'foreign']),
  }),
  surface: z.enum(['chat', 'form']),
};

export const activitySchema: z.ZodType<Activity> = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('message'), text: z.string(), heard: z.enum(['addressed', 'thread', 'overheard']) }),
  z.object({
    ...common,
    kind: z.literal('click'),
    action: z.string(),
    data: z.record(z.string(), z.json()),
    message: z.string(),
  }),
  z.object({ ...common, kind: z.literal('form'), submission: submissionSchema }),
]);
