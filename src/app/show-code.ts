import type { Posting } from '../chat/platform.ts';
import type { Person } from '../domain/actor.ts';
import { instantOf } from '../domain/instant.ts';
import { AppError } from '../errors.ts';
import { platformName } from './link-account.ts';
import { codeDigest, codeFrom, shownCode } from './link-code.ts';
import { messageCard, type Surroundings } from './turn.ts';

const validMs = 10 * 60_000;

/**
 * A fresh code on the card that shows it to a person, once its digest is kept. Of a delivery tried twice both codes are good:
 * which of them stands there nobody can tell.
 */
export async function codeCard(
  person: Person,
  platform: string,
  { store, clock, knowledge, newSalt }: Pick<Surroundings, 'store' | 'clock' | 'knowledge' | 'newSalt'>,
): Promise<Posting['card']> {
  const code = codeFrom(Buffer.from(newSalt(), 'base64'));
  if (code === null) throw new AppError('store-busy', 'too little randomness for a code');
  const expires_at = instantOf(new Date(clock.now().getTime() + validMs));
  await store.commit({
    audit: [],
    settings: [{ kind: 'code', digest: codeDigest(code), value: { person: person.id, platform, expires_at } }],
  });
  const current = knowledge.current();
  const params = { platform: platformName({ knowledge: current, reader: person }, platform), minutes: validMs / 60_000 };
  return messageCard(current.say, person, [{ key: 'account.code.type', params }, { key: 'account.code.secret' }], {
    elements: [{ kind: 'text', spans: [{ code: shownCode(code) }] }],
  });
}
