import type { RoleId } from '../domain/role.ts';
import type { Reading } from '../nlu/intent.ts';
import type { Voice } from './answer-voice.ts';

/** A question that reads back as this reading; null for one that needs no asking again: both ways, or no role at all. */
export function questionFor(reading: Reading, voice: Voice): string | null {
  const { from, to, both, addresses, sites } = reading;
  if (both) return null;
  const filters = voice.list([voice.filters(reading), ...sites.map((site) => voice.name(site))].filter((part) => part !== ''));
  const ask = (key: 'pair' | 'from' | 'to', params: Readonly<Record<string, string>>) =>
    filters === '' ? voice.say(`answer.question.${key}`, params) : voice.say(`answer.question.${key}.on`, { ...params, filters });
  const [source, target] = [endOf(from, addresses.from, voice), endOf(to, addresses.to, voice)];
  if (source !== '' && target !== '') return ask('pair', { from: source, to: target });
  if (source !== '') return ask('from', { role: source });
  return target === '' ? null : ask('to', { role: target });
}

/** An address says more than the role it belongs to. */
function endOf(roles: readonly RoleId[], addresses: readonly string[], voice: Voice): string {
  return addresses.length > 0 ? voice.list(addresses, 'and') : voice.names(roles);
}

/** The same question the other way round. */
export function questionBack(reading: Reading, voice: Voice): string | null {
  const addresses = { from: reading.addresses.to, to: reading.addresses.from };
  return questionFor({ ...reading, from: reading.to, to: reading.from, addresses }, voice);
}
