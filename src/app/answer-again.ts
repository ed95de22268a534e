import type { RoleId } from '../domain/role.ts';
import type { Reading } from '../nlu/intent.ts';
import type { Voice } from './answer-voice.ts';

/** A question that reads back as this reading; null for one that needs no asking again: both ways, or no role at all. */
export function questionFor(reading: Reading, voice: Voice): string | null {
  const { from, to, both } = reading;
  if (both) return null;
  const filters = voice.filters(reading);
  const ask = (key: 'pair' | 'from' | 'to', params: Readonly<Record<string, string>>) =>
    filters === '' ? voice.say(`answer.question.${key}`, params) : voice.say(`answer.question.${key}.on`, { ...params, filters });
  if (from.length > 0 && to.length > 0) return ask('pair', { from: voice.names(from), to: voice.names(to) });
  const role = (roles: readonly RoleId[]) => ({ role: voice.names(roles) });
  if (from.length > 0) return ask('from', role(from));
  return to.length > 0 ? ask('to', role(to)) : null;
}

/** The same question the other way round. */
export function questionBack(reading: Reading, voice: Voice): string | null {
  return questionFor({ ...reading, from: reading.to, to: reading.from }, voice);
}
