import { createHash } from 'node:crypto';
import type { TurnReply } from '../../app/ports.ts';
import type { Activity } from '../../chat/activity.ts';
import type { FormPress } from '../../chat/form.ts';
import { within } from '../../chat/within.ts';
import { clickId } from './clicks.ts';
import { slackFormErrors } from './form.ts';
import { readSlackModal, type SentPage } from './form-read.ts';
import { type Ack, acknowledgedWithinMs, type Interaction, type InteractionParts, takeTurn } from './interaction.ts';
import { notSavedAnswer, notSavedView } from './not-saved.ts';
import { type BlockActions, conversationFrom, namedBy, viewClosed, viewSubmission } from './payloads.ts';
import type { Named } from './senders.ts';

/** A press on one of a form's own buttons. */
export type FormPresses = (click: BlockActions, press: FormPress, ack: Ack) => Promise<void>;

export type Submissions = { readonly submitted: Interaction; readonly closed: Interaction; readonly pressed: FormPresses };

/** Pages of forms that come back from modals: sent, closed, or left by one of their own buttons. */
export function createSubmissions(parts: InteractionParts): Submissions {
  const { modals, kept, readerOf, later } = parts;

  async function fill(who: Named, page: SentPage, press: FormPress, id: string): Promise<TurnReply> {
    const { origin, ...sent } = page;
    const activity: Activity = {
      kind: 'form',
      id,
      conversation: conversationFrom(origin, who.id),
      sender: await parts.senderOf(who, await parts.identity()),
      surface: 'form',
      submission: { ...sent, press },
    };
    return takeTurn(activity, 'here', parts);
  }

  return {
    async submitted(body, ack) {
      const parsed = viewSubmission.safeParse(body);
      const page = parsed.success ? readSlackModal(parsed.data.view) : null;
      if (!parsed.success || page === null) return ack();
      const { view } = parsed.data;
      const who = namedBy(parsed.data);
      const reader = readerOf(who.id);
      const filling = fill(who, page, { kind: 'next' }, submissionId(view, page));
      const outcome = await within(filling, acknowledgedWithinMs);
      if (outcome.kind === 'late' || outcome.value.unsaved === true) {
        if (outcome.kind === 'late') later(filling);
        return ack(notSavedAnswer(view, parts.say()({ key: 'slack.not-saved' }, reader)));
      }
      const reply = outcome.value;
      const errors = reply.form === undefined ? {} : slackFormErrors(reply.form);
      const isSameDrawing = reply.form?.page === page.page && reply.form.seen === page.seen;
      if (isSameDrawing && Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
      const shown = modals.ofReply(reply, page.origin, reader.locale);
      await kept.keep(shown.kept);
      return ack({ response_action: 'update', view: shown.view });
    },

    /** Closed, a form stays as a draft; nobody is told what they just did. */
    async closed(body, ack) {
      const parsed = viewClosed.safeParse(body);
      const page = parsed.success ? readSlackModal(parsed.data.view) : null;
      if (parsed.success && page !== null) {
        const keeping = fill(namedBy(parsed.data), page, { kind: 'keep' }, `close:${parsed.data.view.id}:${parsed.data.view.hash ?? ''}`);
        if ((await within(keeping, acknowledgedWithinMs)).kind === 'late') later(keeping);
      }
      await ack();
    },

    async pressed(click, press, ack) {
      const page = readSlackModal(click.view);
      const { view } = click;
      if (page === null || !view) return ack();
      const who = namedBy(click);
      const filling = fill(who, page, press, clickId(click));
      await within(filling, acknowledgedWithinMs);
      later(
        filling.then((reply) => {
          const reader = readerOf(who.id);
          const stands = { view: notSavedView(view, parts.say()({ key: 'slack.not-saved' }, reader)), kept: [] };
          const shown = reply.unsaved === true ? stands : modals.ofReply(reply, page.origin, reader.locale);
          return modals.update({ id: view.id, hash: view.hash ?? null }, shown);
        }),
      );
      await ack();
    },
  };
}

/** The same page with the same words is the same deed, however often it is sent. */
function submissionId(view: { readonly id: string; readonly hash?: string | null | undefined }, { values }: SentPage): string {
  const typed = createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
  return `submit:${view.id}:${view.hash ?? ''}:${typed}`;
}
