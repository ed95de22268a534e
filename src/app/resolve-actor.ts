import type { Sender } from '../chat/activity.ts';
import type { Actor, Person } from '../domain/actor.ts';

/** Platforms on which a person is who they say, because only this machine's user can reach them. */
const local: readonly string[] = ['web', 'terminal'];

export function isLocal(platform: string): boolean {
  return local.includes(platform);
}

/** The id a platform knows a person by; undefined where it does not know them. */
export function accountOn(platform: string, person: Person): string | undefined {
  return isLocal(platform) ? person.id : person.identities[platform];
}

/** Who an account belongs to. Nobody, or several: nobody acts. An id means something in its own tenant alone. */
export function resolveActor(sender: Sender, people: readonly Person[]): Actor {
  const account = { platform: sender.platform, tenant: sender.tenant, id: sender.id, name: sender.name };
  const matches = sender.standing === 'foreign' ? [] : people.filter((person) => accountOn(sender.platform, person) === sender.id);
  const [person, second] = matches;
  if (!person) return { kind: 'unknown', account };
  return second ? { kind: 'ambiguous', account } : { kind: 'person', person };
}
