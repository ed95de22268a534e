import { peopleWith } from '../domain/authority.ts';
import { instantOf } from '../domain/instant.ts';
import type { Message, Reader } from '../locale.ts';
import { directly } from './audience.ts';
import { approvalsPlaces, channelReader } from './places.ts';
import type { Commit, NewOutboxRow, SealedLog, TurnReply } from './ports.ts';
import { withSettings } from './roster.ts';
import { directoryOf, messageCard, type Surroundings, type Turn } from './turn.ts';

type Addressing = Omit<Surroundings, 'wake'> & Pick<Turn, 'settings'>;

const silent: TurnReply = { cards: [], private: true };

/** Their messages lie in this very database: no place for a checkpoint to be safe in. */
const ownPlatforms: readonly string[] = ['web', 'terminal'];

/**
 * A checkpoint as a message where others keep it: in each approvals channel, else to each administrator. Once a day at most,
 * and none twice, whoever asks; null where no platform keeps messages elsewhere.
 */
export function anchorCommit({ size, note }: SealedLog, surroundings: Addressing): Commit | null {
  const platforms = surroundings.platforms.filter(({ id }) => !ownPlatforms.includes(id));
  const { say } = surroundings.knowledge.current();
  const outbox = channelsAndAdministrators({ ...surroundings, platforms }).map(({ reader, ...row }) => {
    const texts: readonly Message[] = [{ key: 'audit.anchor', params: { count: size } }];
    const copy = { kind: 'copy', label: say({ key: 'audit.anchor.copy' }, reader), text: note } as const;
    const card = messageCard(say, reader, texts, { actions: [copy], elements: [{ kind: 'text', spans: [{ code: note.trimEnd() }] }] });
    return { ...row, content: { kind: 'card' as const, request: null, card, only: null } };
  });
  const receipts = [`anchor-day:${today(surroundings)}`, `anchor-size:${size}`].map((key) => ({ key, reply: silent }));
  return outbox.length === 0 ? null : { audit: [], outbox, receipts };
}

/** Tells the administrators that checkpoints are no longer signed or no longer leave the machine. Once a day at most. */
export function anchorAlertCommit(what: string, surroundings: Addressing): Commit {
  const { say } = surroundings.knowledge.current();
  const outbox = administrators(surroundings).map(({ reader, ...row }) => {
    const card = messageCard(say, reader, [{ key: 'audit.anchor.trouble', params: { what } }], { tone: 'error' });
    return { ...row, content: { kind: 'card' as const, request: null, card, only: null } };
  });
  return { audit: [], outbox, receipts: [{ key: `anchor-alert:${today(surroundings)}`, reply: silent }] };
}

type Addressed = Omit<NewOutboxRow, 'content'> & { readonly reader: Reader };

function channelsAndAdministrators(surroundings: Addressing): readonly Addressed[] {
  const { platforms, settings, defaults, newId } = surroundings;
  return platforms.flatMap((platform) => {
    const places = approvalsPlaces([platform], settings);
    if (places.length === 0) return administrators({ ...surroundings, platforms: [platform] });
    return places.map((conversation) => ({ id: newId(), conversation, reader: channelReader(conversation, settings, defaults) }));
  });
}

function administrators(surroundings: Addressing): readonly Addressed[] {
  const knowledge = withSettings(surroundings.knowledge.current(), surroundings.settings, instantOf(surroundings.clock.now()));
  return peopleWith(directoryOf(knowledge), 'administer').flatMap((person) =>
    directly(person, surroundings).map((conversation) => ({ id: surroundings.newId(), conversation, reader: person })),
  );
}

function today({ clock }: Addressing): string {
  return instantOf(clock.now()).slice(0, 10);
}
