import type { Sender } from '../chat/activity.ts';
import type { Card, CardAction } from '../chat/card.ts';
import type { Home } from '../chat/home.ts';
import type { Person } from '../domain/actor.ts';
import { eligibleApprovers, hasPower } from '../domain/authority.ts';
import type { ChangeRequest } from '../domain/change-request.ts';
import { instantOf } from '../domain/instant.ts';
import type { Reader } from '../locale.ts';
import { draftCard } from './draft-card.ts';
import type { Knowledge, Store } from './ports.ts';
import { requestRow } from './request-row.ts';
import { resolveActor } from './resolve-actor.ts';
import { withSettings } from './roster.ts';
import { directoryOf, type Surroundings } from './turn.ts';
import { implementable, oldestFirst, ownTurnFirst, soonestFirst, underWay } from './under-way.ts';

/** How many stand in a section; the rest is counted. */
const most = 10;

/** What a person has under way and what waits for them, each with its next action: what has waited longest, or is theirs to do, first. */
export async function homeOf(person: Person, knowledge: Knowledge, store: Pick<Store, 'requests' | 'drafts'>): Promise<Home> {
  const directory = directoryOf(knowledge);
  const [own, active, drafts] = await Promise.all([
    store.requests({ requester: person.id, states: underWay }),
    store.requests({ states: ['in-approval', ...implementable] }),
    store.drafts(person.id),
  ]);
  const behalf = active.filter(({ content }) => content.on_behalf_of === person.id && content.requester !== person.id);
  const mine = ownTurnFirst([...own, ...behalf], person.id);
  const deciding = oldestFirst(active.filter((request) => eligibleApprovers(directory, request).includes(person.id)));
  const doesImplement = hasPower(directory, person.id, 'implement');
  const doing = doesImplement ? soonestFirst(active.filter(({ state }) => implementable.includes(state))) : [];
  const requests = (name: string, some: readonly ChangeRequest[]) =>
    section(name, some, (one) => requestRow(one, person.id, knowledge, person), knowledge, person);
  const put: readonly CardAction[] = person.powers.includes('request') ? [button('new', 'requests.new', knowledge, person, 'primary')] : [];
  return {
    locale: person.locale,
    title: knowledge.say({ key: 'home.title', params: { person: person.name } }, person),
    sections: [
      requests('deciding', deciding),
      section('drafts', drafts, (draft) => draftCard(draft, knowledge, person), knowledge, person),
      requests('mine', mine),
      ...(doesImplement ? [requests('doing', doing)] : []),
    ],
    actions: [...put, button('list', 'requests.list', knowledge, person)],
  };
}

/** For an account that is nobody: what anyone may do. */
export async function homeFor(sender: Sender, { store, knowledge, defaults, clock }: Surroundings): Promise<Home> {
  const known = withSettings(knowledge.current(), await store.settings(), instantOf(clock.now()));
  const actor = resolveActor(sender, known.people);
  if (actor.kind === 'person') return homeOf(actor.person, known, store);
  const { say } = known;
  return {
    locale: defaults.locale,
    title: say({ key: 'home.stranger', params: { account: sender.id } }, defaults),
    sections: [],
    actions: [],
  };
}

function section<T>(name: string, all: readonly T[], card: (one: T) => Card, { say }: Knowledge, reader: Reader): Home['sections'][number] {
  const left = all.length - most;
  return {
    heading: say({ key: `home.${name}`, params: { count: all.length } }, reader),
    cards: all.slice(0, most).map(card),
    none: say({ key: `home.${name}.none` }, reader),
    more: left > 0 ? say({ key: 'home.more', params: { count: left } }, reader) : null,
  };
}

function button(name: string, action: string, { say }: Knowledge, reader: Reader, style: 'default' | 'primary' = 'default'): CardAction {
  return { kind: 'button', label: say({ key: `home.button.${name}` }, reader), action, data: {}, style };
}
