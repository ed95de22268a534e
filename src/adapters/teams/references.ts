import { z } from 'zod';
import type { Notes } from '../../app/ports-settings.ts';
import type { Conversation } from '../../chat/activity.ts';
import type { Json } from '../../locale.ts';
import { type Incoming, splitThread, teamsPlatformId, typeOf } from './incoming.ts';

/** How a conversation is reached: its id at Teams, without a thread, the service behind it, and the bot's own account there. */
const placeSchema = z.object({
  conversation: z.string(),
  type: z.enum(['personal', 'groupChat', 'channel']),
  service: z.string(),
  bot: z.string(),
});
export type Place = z.infer<typeof placeSchema>;

const standingSchema = z.enum(['member', 'guest', 'foreign']);
export type Standing = z.infer<typeof standingSchema>;

const memberSchema = z.object({ mri: z.string(), standing: standingSchema.nullable() });
/** An account as Teams calls it (`29:…`), and what it was in the tenant when that was looked up last; null: never. */
export type Member = z.infer<typeof memberSchema>;

const serviceSchema = placeSchema.pick({ service: true, bot: true });
export type Service = z.infer<typeof serviceSchema>;

const mostRemembered = 5_000;

/** What is known of where conversations are: learnt from authenticated activities alone, and kept in the database. */
export type References = {
  /** Remembers where an activity came from, and whose it is. `account`: null where it is nobody's. */
  readonly learn: (incoming: Incoming, account: string | null) => Promise<void>;
  readonly learnDirect: (account: string, place: Place) => Promise<void>;
  readonly learnMember: (account: string, member: Member) => Promise<void>;
  readonly placeOf: (conversation: Pick<Conversation, 'kind' | 'id'>) => Promise<Place | null>;
  readonly memberOf: (account: string) => Promise<Member | null>;
  /** The service that spoke last, for conversations that are not begun yet. */
  readonly service: () => Promise<Service | null>;
};

/** `realm` keeps what was learnt without authentication, or in another tenant, from ever being used. */
export function createReferences(notes: Notes, realm: string): References {
  const written = new Map<string, string>();

  function remember(name: string, value: Json): boolean {
    const text = JSON.stringify(value);
    if (written.get(name) === text) return false;
    if (written.size >= mostRemembered) written.clear();
    written.set(name, text);
    return true;
  }
  async function put(name: string, value: Json): Promise<void> {
    if (!remember(name, value)) return;
    try {
      await notes.putNote(teamsPlatformId, `${realm}/${name}`, value);
    } catch (error) {
      written.delete(name);
      throw error;
    }
  }
  async function read<T>(name: string, schema: z.ZodType<T>): Promise<T | null> {
    const value = await notes.note(teamsPlatformId, `${realm}/${name}`);
    return schema.safeParse(value).data ?? null;
  }
  const memberOf = (account: string) => read(`member:${account}`, memberSchema);
  const learnMember = (account: string, member: Member) => put(`member:${account}`, member);

  return {
    memberOf,
    learnMember,
    learnDirect: (account, place) => put(`direct:${account}`, place),
    placeOf: ({ kind, id }) => read(`${kind}:${id}`, placeSchema),
    service: () => read('service', serviceSchema),
    async learn(incoming, account) {
      const { id: conversation } = splitThread(incoming.conversation.id);
      const place: Place = { conversation, type: typeOf(incoming), service: incoming.serviceUrl, bot: incoming.recipient.id };
      if (place.type !== 'personal') await put(`channel:${conversation}`, place);
      else if (account !== null) await put(`direct:${account}`, place);
      await put('service', { service: place.service, bot: place.bot });
      if (account === null || written.has(`member:${account}`)) return;
      const known = await memberOf(account);
      await learnMember(account, { mri: incoming.from.id, standing: known?.mri === incoming.from.id ? known.standing : null });
    },
  };
}
