import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { TurnReply } from '../../app/ports.ts';
import { within } from '../../chat/within.ts';
import type { Locale, Say } from '../../locale.ts';
import type { Kept } from './buttons.ts';
import type { Call } from './client.ts';
import { failureOf } from './errors.ts';
import { type Origin, renderSlackModal } from './form.ts';
import type { KeptPayloads } from './kept-payloads.ts';
import type { Log } from './log.ts';
import { renderCopyModal, renderLoadingModal, renderNoticeModal } from './notice-modal.ts';

/** A trigger is good for three seconds, so there is no use in waiting longer. */
const openWithinMs = 2_500;

export type ShownModal = { readonly view: types.ModalView | Readonly<Record<string, unknown>>; readonly kept: readonly Kept[] };

/** Modals of one workspace. None rejects: what can't be shown is logged, and whoever asked for it goes another way. */
export type Modals = {
  /** The view's id; null where it can't be opened, because the trigger is spent or Slack does not answer. */
  readonly open: (trigger: string, shown: ShownModal) => Promise<string | null>;
  /** The same on top of the modal that the trigger comes from, which stands again afterwards. */
  readonly push: (trigger: string, shown: ShownModal) => Promise<string | null>;
  /** Puts another page into a modal. `hash`: only if it is still as it was. */
  readonly update: (view: { readonly id: string; readonly hash?: string | null }, shown: ShownModal) => Promise<boolean>;
  readonly loading: (locale: Locale) => ShownModal;
  readonly copy: (text: string, locale: Locale) => ShownModal;
  /** What a reply comes to in a modal: the page to be filled in, or what is said. */
  readonly ofReply: (reply: TurnReply, origin: Origin, locale: Locale) => ShownModal;
};

const opened = z.object({ view: z.object({ id: z.string() }) });

export function createModals(parts: {
  readonly call: Call;
  readonly kept: KeptPayloads;
  readonly say: () => Say;
  readonly log: Log;
}): Modals {
  const { call, kept, say, log } = parts;

  async function trying<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      const outcome = await within(work(), openWithinMs);
      if (outcome.kind === 'done') return outcome.value;
      log({ level: 'warn', what: `${what}: no answer in time` });
    } catch (error) {
      log({ level: 'warn', what: `${what}: ${failureOf(error).reason}` });
    }
    return null;
  }

  function put(method: string, trigger: string, { view, kept: payloads }: ShownModal): Promise<string | null> {
    return trying(method, async () => {
      await kept.keep(payloads);
      return opened.parse(await call(method, { trigger_id: trigger, view })).view.id;
    });
  }

  return {
    open: (trigger, shown) => put('views.open', trigger, shown),
    push: (trigger, shown) => put('views.push', trigger, shown),
    update: async ({ id, hash }, { view, kept: payloads }) => {
      const done = await trying('views.update', async () => {
        await kept.keep(payloads);
        return call('views.update', { view_id: id, ...(hash ? { hash } : {}), view });
      });
      return done !== null;
    },
    loading: (locale) => ({ view: renderLoadingModal(locale, say()), kept: [] }),
    copy: (text, locale) => ({ view: renderCopyModal(text, locale, say()), kept: [] }),
    ofReply({ form, cards }, origin, locale) {
      if (form !== undefined) return { view: renderSlackModal(form, say(), origin), kept: [] };
      return renderNoticeModal(cards, cards[0]?.locale ?? locale, say());
    },
  };
}
