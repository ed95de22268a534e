import { subMonths } from 'date-fns';
import { z } from 'zod';
import type { Clock } from '../../app/ports.ts';
import type { Notes } from '../../app/ports-settings.ts';
import type { ActionData } from '../../chat/card.ts';
import { type Kept, readSlackButton, readSlackPayload } from './buttons.ts';
import { slackPlatformId } from './senders.ts';

/** What a button means, where that is too long for it to carry. */
export type KeptPayloads = {
  /** To be done before the button is shown. */
  readonly keep: (payloads: readonly Kept[]) => Promise<void>;
  /** What a press on a button means; null where it is none of ours, or was shown last more than three months ago. */
  readonly read: (actionId: string, value: string) => Promise<{ readonly action: string; readonly data: ActionData } | null>;
};

const prefix = 'button:';
/** A payload is kept under the month it was shown in, so that those of old can go. */
const keptMonths = [0, 1, 2, 3] as const;
/** What was kept already need not be kept again; so many are remembered. */
const mostRemembered = 10_000;

export function createKeptPayloads(notes: Notes, clock: Clock): KeptPayloads {
  const month = (ago: number): string => `${prefix}${subMonths(clock.now(), ago).toISOString().slice(0, 'yyyy-mm'.length)}`;
  const standing = new Set<string>();
  let forgotten = '';

  async function forget(): Promise<void> {
    const oldest = month(keptMonths.length - 1);
    if (forgotten === oldest) return;
    await notes.forgetNotes(slackPlatformId, prefix, oldest);
    forgotten = oldest;
  }

  return {
    async keep(payloads) {
      const now = month(0);
      const fresh = payloads.filter(({ key }) => !standing.has(`${now}:${key}`));
      if (fresh.length === 0) return;
      await Promise.all(fresh.map(({ key, payload }) => notes.putNote(slackPlatformId, `${now}:${key}`, payload)));
      if (standing.size > mostRemembered) standing.clear();
      for (const { key } of fresh) standing.add(`${now}:${key}`);
      await forget();
    },
    async read(actionId, value) {
      const pressed = readSlackButton(actionId, value);
      if (pressed === null || !('kept' in pressed)) return pressed;
      for (const ago of keptMonths) {
        const payload = z.string().safeParse(await notes.note(slackPlatformId, `${month(ago)}:${pressed.kept}`));
        if (payload.success) return readSlackPayload(payload.data);
      }
      return null;
    },
  };
}
