import { answerCard } from '../../src/app/answer-card.ts';
import { findAnswer } from '../../src/app/answer-question.ts';
import { requestCard } from '../../src/app/request-card.ts';
import type { Card } from '../../src/chat/card.ts';
import type { Form } from '../../src/chat/form.ts';
import type { Flow } from '../../src/domain/flow.ts';
import type { Locale, Reader } from '../../src/locale.ts';
import { dialogEnv } from './dialog-env.ts';
import { DialogTalk } from './dialog-talk.ts';
import { FormTalk } from './form-talk.ts';
import { loadTestKnowledge } from './knowledge.ts';
import { at, content, person, requestIn } from './request.ts';

const knowledge = loadTestKnowledge();
const readerOf = (locale: Locale): Reader => ({ locale, zone: locale === 'en' ? 'Europe/Berlin' : 'Asia/Shanghai' });

export const answerTo = (question: string, locale: Locale): Card => answerCard(findAnswer(question, knowledge), readerOf(locale));

/** A request of as many flows, waiting for the first approvers of the sample data. `reader` null: as a channel sees it. */
export function requestSample(locale: Locale, reader: 'approver' | 'engineer' | null, detail: 'short' | 'full' = 'short', flows = 1): Card {
  const [flow] = content.flows;
  if (flow === undefined) throw new Error('the sample request has no flow');
  const many = Array.from(
    { length: flows },
    (_, index): Flow => ({ ...flow, destination: [{ kind: 'address', value: `198.51.100.${20 + index}` }] }),
  );
  const request = requestIn('in-approval', {
    content: { ...content, requester: person('engineer'), on_behalf_of: null, flows: many },
    remarks: [{ kind: 'question', by: person('approver'), at: at('2026-11-23T12:05:00.000Z'), text: 'why not the pool’s name?' }],
  });
  return requestCard(request, reader === null ? null : person(reader), knowledge, readerOf(locale), { detail });
}

const seed = { rules: ['DIR-6'], from: ['edge-internal'], to: ['director'] };

/** The pages of a request's form, by name; the first also as it comes back with something that can't be used. */
export function formSamples(locale: Locale): Readonly<Record<'where' | 'why' | 'when-wrong' | 'review', Form>> {
  const { zone } = readerOf(locale);
  const talk = new FormTalk(new DialogTalk('request-rule', seed, dialogEnv(locale, zone)));
  const where = talk.form;
  const why = talk.next({ site: 'site-a' }).form;
  const need = locale === 'en' ? 'new pool goes live' : '新池上线';
  talk.next({ business_need: need, application_owner: locale === 'en' ? 'UC team' : '平台组' }).next();
  const wrong = talk.next({ window: 'sometime', expiry: '6 months' }).form;
  const window = locale === 'en' ? 'next friday 22:00 for an hour' : '下周五晚上十点';
  talk.next({ window, expiry: '6 months' });
  return { where, why, 'when-wrong': wrong, review: talk.next({ backout_plan: locale === 'en' ? 'remove the rule' : '删除规则' }).form };
}
