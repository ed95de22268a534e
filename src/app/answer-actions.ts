import type { ActionData, CardAction } from '../chat/card.ts';
import { questionBack } from './answer-again.ts';
import { answerCsv } from './answer-csv.ts';
import type { Answered } from './answer-ground.ts';
import type { Voice } from './answer-voice.ts';

/** What to do next with an answer. */
export function actionsOf(answered: Answered, text: string, voice: Voice): readonly CardAction[] {
  const { question, findings, catalogue, scope } = answered;
  const { intent, reading, rules, near, perhaps } = findings;
  const isListing = intent.kind === 'ports' || intent.kind === 'check';
  const back = isListing ? questionBack(reading, voice) : null;
  const corrections = 'corrections' in intent ? intent.corrections : [];
  const quoted = corrections.reduce((asked, { typed }) => asked.replace(typed, `“${typed}”`), question);
  // The same topologies again, where they are not those that such a question is answered from anyway.
  const again = scope.topologies.length > 0 ? { topologies: [...scope.topologies] } : {};
  const ask = (label: string, asked: string, more: ActionData = again) => button(label, 'ask', { question: asked, ...more });
  const requestable = rules.filter(({ rule }) => rule.effect === 'open');
  return [
    ...(requestable.length === 0 || !(isListing || intent.kind === 'rule')
      ? []
      : [
          button(
            voice.say('answer.button.request'),
            'request',
            {
              rules: requestable.map(({ rule }) => rule.id),
              from: reading.from,
              to: reading.to,
              topology: catalogue.topologies.map(({ id }) => id).join(','),
              ...(scope.sites.length === 1 ? { site: scope.sites[0]?.id ?? null } : {}),
            },
            true,
          ),
        ]),
    ...(back === null ? [] : [ask(voice.say('answer.button.other-way'), back)]),
    ...(corrections.length === 0 ? [] : [ask(voice.say('answer.button.wrong'), quoted)]),
    ...choicesOf(answered, ask),
    ...lookThere(answered, ask, voice),
    ...[...near, ...perhaps]
      .slice(0, 3)
      .map(({ rule }) => ask(voice.say('answer.button.near', { rule: rule.id, service: voice.service(rule) }), rule.id)),
    ...(rules.length === 0
      ? []
      : [
          { kind: 'copy' as const, label: voice.say('answer.button.copy-text'), text },
          { kind: 'copy' as const, label: voice.say('answer.button.copy-csv'), text: answerCsv(rules, voice) },
        ]),
  ];
}

type Ask = (label: string, question: string, more?: ActionData) => CardAction;

/** Each way in which the question can be read. */
function choicesOf({ intent }: Answered, ask: Ask): readonly CardAction[] {
  return intent.kind === 'ambiguous' ? intent.choices.map(({ question }) => ask(question, question)) : [];
}

/** The same question of the topologies that know the role. */
function lookThere({ question, elsewhere }: Answered, ask: Ask, voice: Voice): readonly CardAction[] {
  return elsewhere.map(({ id, name }) => ask(voice.say('answer.button.look-there', { topology: name }), question, { topologies: [id] }));
}

function button(label: string, action: string, data: ActionData, primary = false): CardAction {
  return { kind: 'button', label, action, data, style: primary ? 'primary' : 'default' };
}
