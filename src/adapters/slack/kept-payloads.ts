import { z } from 'zod';
import type { Notes } from '../../app/ports-settings.ts';
import type { ActionData } from '../../chat/card.ts';
import { type Kept, readSlackButton, readSlackPayload } from './buttons.ts';
import { slackPlatformId } from './senders.ts';

/** What a button means, where that is too long for it to carry. */
export type KeptPayloads = {
  /** To be done before the button is shown. */
  readonly keep: (payloads: readonly Kept[]) => Promise<void>;
  /** What a press on a button means; null where it is none of ours. */
  readonly read: (actionId: string, value: string) => Promise<{ readonly action: string; readonly data: ActionData } | null>;
};

const noteKey = (key: string): string => `button:${key}`;

export function createKeptPayloads(notes: Notes): KeptPayloads {
  return {
    async keep(payloads) {
      for (const { key, payload } of payloads) await notes.putNote(slackPlatformId, noteKey(key), payload);
    },
    async read(actionId, value) {
      const pressed = readSlackButton(actionId, value);
      if (pressed === null || !('kept' in pressed)) return pressed;
      const payload = z.string().safeParse(await notes.note(slackPlatformId, noteKey(pressed.kept)));
      return payload.success ? readSlackPayload(payload.data) : null;
    },
  };
}
