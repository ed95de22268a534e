import type { Conversation } from '../chat/activity.ts';
import type { Card, CardAction, CardElement, Span } from '../chat/card.ts';
import { formatMomentInZone, formatSpan } from '../dialog/moment.ts';
import type { PersonId } from '../domain/actor.ts';
import { countingApprovals, currentStage, type Directory, eligibleApprovers, hasPower, isParty, personById } from '../domain/authority.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import { openQuestion, sources } from '../domain/lifecycle.ts';
import type { Message, MessageParam, Reader } from '../locale.ts';
import type { Knowledge, Store } from './ports.ts';
import { type Detail, findingElements, flowElements } from './request-elements.ts';
import { accountOn } from './resolve-actor.ts';
import { directoryOf } from './turn.ts';

/**
 * A request as one reader sees it; `person` is null in a channel, where whoever clicks is looked at when they click.
 * `undelivered`: where something of it could not be said.
 */
export function requestCard(
  request: ChangeRequest,
  person: PersonId | null,
  knowledge: Knowledge,
  reader: Reader,
  { detail = 'short', undelivered = [], localTimes = false }: CardOptions = {},
): Card {
  const directory = directoryOf(knowledge);
  const say = (key: string, params: Message['params'] = {}): string => knowledge.say({ key, params }, reader);
  const title = `${request.id} · ${request.content.title}`;
  const status = statusText(request, directory, say);
  const elements: CardElement[] = [
    { kind: 'text', spans: [{ strong: status }] },
    ...undelivered.map(({ conversation, reason }) => undeliveredNotice(conversation, reason, knowledge, say)),
    { kind: 'text', spans: askedBy(request, directory, say) },
    { kind: 'facts', facts: facts(request, knowledge, reader, say, detail) },
    ...(localTimes ? windowMoments(request, knowledge, reader) : []),
    ...flowElements(request.content.flows, knowledge, reader, detail),
    ...findingElements(request.findings, knowledge, reader, detail),
    ...history(request, directory, say, person === null ? (at) => formatMomentInZone(new Date(at), reader) : (at) => ({ at })),
  ];
  return {
    locale: reader.locale,
    title,
    elements,
    actions: actions(request, person, directory, say, detail),
    summary: `${title}: ${status}`,
  };
}

/** `localTimes`: the platform shows each reader their own zone. */
type CardOptions = { readonly detail?: Detail; readonly undelivered?: Undelivered; readonly localTimes?: boolean };

type Undelivered = Awaited<ReturnType<Store['undelivered']>>;

function undeliveredNotice({ platform, id, kind }: Conversation, reason: string, { people }: Knowledge, say: SayKey): CardElement {
  const owner = kind === 'direct' ? people.find((person) => accountOn(platform, person) === id) : undefined;
  const text = say('request.undelivered', { where: `${platform} ${owner?.name ?? id}`, reason });
  return { kind: 'notice', tone: 'warning', spans: [text] };
}

type SayKey = (key: string, params?: Message['params']) => string;

export function statusText(request: ChangeRequest, directory: Directory, say: SayKey): string {
  const type = say(`request.urgency.${request.content.urgency}`);
  const stage = currentStage(directory, request);
  if (!stage) return `${type} · ${say(`request.state.${request.state}`)}`;
  const count = countingApprovals(directory, request, stage).length;
  const after = directory.policy.stages
    .slice(directory.policy.stages.indexOf(stage) + 1)
    .map(({ name }) => say('request.then', { stage: name }));
  return [type, say('request.waiting', { stage: stage.name, count, quorum: stage.quorum }), ...after].join(' · ');
}

function askedBy(request: ChangeRequest, directory: Directory, say: SayKey): readonly Span[] {
  const name = (id: PersonId): string => personById(directory, id)?.name ?? id;
  const { requester, on_behalf_of, business_need, ticket } = request.content;
  const by = on_behalf_of
    ? say('request.asked-for', { person: name(requester), other: name(on_behalf_of) })
    : say('request.asked-by', { person: name(requester) });
  return [by, ' · ', say('request.quoted', { text: business_need }), ...(ticket ? [` · ${ticket}`] : [])];
}

function facts(request: ChangeRequest, knowledge: Knowledge, reader: Reader, say: SayKey, detail: Detail) {
  const { content } = request;
  const site = knowledge.sites.find(({ id }) => id === content.site);
  const fact = (key: string, value: string | null) => (value === null ? [] : [{ label: say(`request.fact.${key}`), value }]);
  const always = [
    ...fact('site', site ? site.name[reader.locale] : null),
    ...fact('when', windowText(request, knowledge, reader)),
    ...fact('until', expiryText(request, knowledge, reader)),
    ...fact('backout', content.backout_plan),
  ];
  if (detail === 'short') return always;
  return [
    ...always,
    ...fact('kind', say(`request.kind.${content.kind}`)),
    ...fact('application', content.application),
    ...fact('owner', content.application_owner),
    ...fact('impact', content.security_impact),
    ...fact('control', content.compensating_control),
    ...fact('test', content.test_plan),
    ...fact('hash', request.content_hash),
    ...fact('catalogue', request.catalogue_version),
    ...fact('version', String(request.version)),
  ];
}

export function windowText(request: ChangeRequest, knowledge: Knowledge, reader: Reader): string {
  const { window } = request.content;
  if (window.kind === 'any') return knowledge.say({ key: 'request.window.any' }, reader);
  const span = (zone: string): string => formatSpan(new Date(window.start), new Date(window.end), { ...reader, zone });
  if (window.zone === reader.zone) return span(window.zone);
  return knowledge.say({ key: 'request.window.both', params: { window: span(window.zone), yours: span(reader.zone) } }, reader);
}

/** The window once more, for every reader of a channel by their own clock. */
function windowMoments({ content }: ChangeRequest, knowledge: Knowledge, reader: Reader): readonly CardElement[] {
  const { window } = content;
  if (window.kind === 'any') return [];
  const label = knowledge.say({ key: 'request.fact.your-time' }, reader);
  const text = formatSpan(new Date(window.start), new Date(window.end), { ...reader, zone: window.zone });
  return [{ kind: 'moments', label, start: window.start, end: window.end, text }];
}

export function expiryText(request: ChangeRequest, knowledge: Knowledge, reader: Reader): string {
  const { expiry } = request.content;
  if (expiry.kind === 'permanent') return knowledge.say({ key: 'request.expiry.permanent' }, reader);
  return formatMomentInZone(new Date(expiry.at), { ...reader, zone: expiry.zone });
}

/** `moment`: how a time is said; where many read, its zone has to be said too. */
function history(request: ChangeRequest, directory: Directory, say: SayKey, moment: (at: string) => MessageParam): readonly CardElement[] {
  const name = (id: PersonId): string => personById(directory, id)?.name ?? id;
  const line = (key: string, by: PersonId, at: string, text: string | null) => ({
    at,
    text: say(text ? `${key}.said` : key, { person: name(by), when: moment(at), ...(text ? { text } : {}) }),
  });
  const lines = [
    ...request.approvals.map(({ by, at, comment }) => line('request.history.approval', by, at, comment)),
    ...request.remarks.map(({ kind, by, at, text }) => line(`request.history.${kind}`, by, at, text)),
  ].sort((a, b) => (a.at < b.at ? -1 : 1));
  return lines.map(({ text }) => ({ kind: 'text', spans: [text] }));
}

function actions(
  request: ChangeRequest,
  person: PersonId | null,
  directory: Directory,
  say: SayKey,
  detail: Detail,
): readonly CardAction[] {
  const data = { request: request.id, version: request.version };
  const button = (name: string, style: 'default' | 'primary' | 'danger' = 'default'): CardAction => ({
    kind: 'button',
    label: say(`request.button.${name}`),
    action: `request.${name}`,
    data,
    style,
  });
  const may = (event: keyof typeof sources): boolean => sources[event].includes(request.state);
  const party = person !== null && isParty(request, person);
  const decides = person === null ? request.state === 'in-approval' : eligibleApprovers(directory, request).includes(person);
  const implementer = person === null || hasPower(directory, person, 'implement');
  const approved = person === null ? request.approvals.length > 0 : request.approvals.some(({ by }) => by === person);
  return [
    ...(decides ? [button('approve', 'primary'), button('reject', 'danger'), button('send-back'), button('question')] : []),
    ...(approved && may('take-back') ? [button('take-back')] : []),
    ...(implementer && may('start') ? [button('start', 'primary')] : []),
    ...(implementer && may('record') ? [button('record', 'primary')] : []),
    ...(party && openQuestion(request) && may('answer') ? [button('answer', 'primary')] : []),
    ...(person === request.content.requester && request.state === 'changes-requested' ? [button('edit', 'primary')] : []),
    ...(party && may('verify') ? [button('verify', 'primary')] : []),
    ...(party && may('withdraw') ? [button('withdraw', 'danger')] : []),
    detail === 'short' ? button('details') : button('timeline'),
  ];
}
