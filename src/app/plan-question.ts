import type { Card, CardAction } from '../chat/card.ts';
import { cutLine } from '../chat/cut.ts';
import type { TopologyId } from '../domain/rule.ts';
import type { Locale } from '../locale.ts';
import { answerCards } from './answer-card.ts';
import type { Answered } from './answer-ground.ts';
import { type AskOptions, findAnswer } from './answer-question.ts';
import { resultOf } from './answer-result.ts';
import { questionEntry } from './audit-questions.ts';
import { toFollow } from './last-question.ts';
import type { Plan, Turn } from './turn.ts';

/** An answer out of the catalogue, `found` already or not. It is told once it is written down who asked what, and how it was read. */
export function planQuestion(turn: Turn, question: string, options: AskOptions = {}, found: Answered | null = null): Plan {
  const answered = found ?? answerFor(turn, question, options);
  return planned(turn, question, answered, answerCards(answered, readerOf(turn, question)), false);
}

/** The same for the asker's eyes alone, with a button that shows it to everyone in the channel. */
export function planQuietly(turn: Turn, question: string, options: AskOptions = {}): Plan {
  const answered = answerFor(turn, question, options);
  const reader = readerOf(turn, question);
  const cards = answerCards(answered, reader);
  const isChannel = turn.activity.conversation.kind === 'channel';
  // Pressed later, the question stands alone: one that says nothing without the one before it can't be shown.
  const alone = JSON.stringify(answerFor(turn, question, { ...options, previous: null }).intent) === JSON.stringify(answered.intent);
  if (!isChannel || !alone || answered.intent.kind === 'not-understood') return planned(turn, question, answered, cards, isChannel);
  const label = turn.knowledge.say({ key: 'answer.button.share' }, reader);
  const topologies = answered.scope.topologies;
  const share: CardAction = { kind: 'button', label, action: 'share', data: { question, topologies: [...topologies] }, style: 'default' };
  const shared = cards.map((card, at) => (at === cards.length - 1 ? { ...card, actions: [...card.actions, share] } : card));
  return planned(turn, question, answered, shared, true);
}

/** How much of a question is quoted before its answer. */
const quoted = 300;

/** An answer shown to everyone in the conversation, with whose question it answers. */
export function planShare(turn: Turn, question: string, options: AskOptions): Plan {
  const answered = answerFor(turn, question, options);
  const reader = readerOf(turn, question);
  const { actor } = turn;
  const person = actor.kind === 'person' ? actor.person.name : actor.account.name || actor.account.id;
  const line = turn.knowledge.say({ key: 'answer.shared', params: { person, question: cutLine(question, quoted) } }, reader);
  const [first, ...others] = answerCards(answered, reader);
  const cards: readonly Card[] =
    first === undefined
      ? []
      : [
          { ...first, elements: [{ kind: 'text', spans: [{ subtle: line }] }, ...first.elements], summary: `${line} ${first.summary}` },
          ...others,
        ];
  return planned(turn, question, answered, cards, false);
}

function answerFor(turn: Turn, question: string, options: AskOptions): Answered {
  return findAnswer(question, turn.knowledge, { ...options, fallback: topologyOf(turn) });
}

function planned(turn: Turn, question: string, answered: Answered, cards: readonly Card[], isPrivate: boolean): Plan {
  const lastQuestion = toFollow(turn, answered);
  return {
    commit: { audit: [questionEntry(turn, question, resultOf(answered))], ...(lastQuestion === null ? {} : { lastQuestion }) },
    reply: { cards, private: isPrivate },
  };
}

export const topologyOf = ({ actor }: Turn): TopologyId | null => (actor.kind === 'person' ? actor.person.topology : null);

/** A question is answered in its own language, and one without any words in the person's. */
function readerOf({ reader }: Turn, question: string): Turn['reader'] {
  return { ...reader, locale: languageOf(question) ?? reader.locale };
}

function languageOf(question: string): Locale | null {
  if (/\p{Script=Han}/u.test(question)) return 'zh-CN';
  return /\p{Letter}{2}/u.test(question) ? 'en' : null;
}
