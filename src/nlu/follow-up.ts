import type { RoleId } from '../domain/role.ts';
import type { Intent, Reading } from './intent.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { asked, type Understood } from './read-question.ts';
import { isPadding } from './scan.ts';

/** What a text that only makes sense after another question asks for; null where it stands on its own. */
export function followUp(understood: Understood, lexemes: readonly Lexeme[], previous: Intent | null): Intent | null {
  const before = previous === null ? null : readingOf(previous);
  if (previous === null || before === null)
    return leansOnNothing(understood, lexemes) ? { kind: 'not-understood', because: 'follows-nothing' } : null;
  if (understood.strangers.length > 0 || understood.invalid !== null || understood.compared.length > 1) return null;
  if (!follows(understood, lexemes)) return null;
  const { tone, corrections } = understood;
  const reading = merged(before, understood, lexemes);
  if (tone.excepts) return { kind: 'not-understood', because: 'leaves-out' };
  const own = tone.aspect !== 'list' || previous.kind === 'unknown-role' || previous.kind === 'rule';
  const aspect = own || !('aspect' in previous) ? tone.aspect : previous.aspect;
  const yesNo = tone.yesNo || (previous.kind === 'check' && tone.aspect === 'list');
  return asked({ aspect, negative: tone.negative, yesNo, whichRole: tone.whichRole }, reading, corrections);
}

/** "And the other way?", "and UDP?", "for Skype?", with nothing said before. */
function leansOnNothing({ reading, tone, strangers, compared }: Understood, lexemes: readonly Lexeme[]): boolean {
  const { from, to, addresses, ports, application, transport, topologies, sites } = reading;
  const ends = from.length + to.length + addresses.from.length + addresses.to.length + strangers.length;
  if (ends + ports.length + application.length > 0 || compared.length > 1) return false;
  if (lexemes.some((lexeme) => isKey(lexeme, 'reverse'))) return true;
  const opened = isKey(lexemes[0], 'follow') || lexemes.some((lexeme) => isKey(lexeme, 'follow') && !isPadding(lexeme));
  const wholeByItself = tone.everything || (transport !== null && !opened && tone.aspect !== 'list');
  return topologies.length + sites.length > 0 ? !wholeByItself : transport !== null && opened && !tone.yesNo && !tone.subject;
}

function readingOf(previous: Intent): Reading | null {
  return previous.kind === 'ports' || previous.kind === 'check' || previous.kind === 'unknown-role' ? previous.reading : null;
}

/** Whether a text leaves out what only the question before it said. */
function follows({ reading }: Understood, lexemes: readonly Lexeme[]): boolean {
  const spoken = lexemes.filter((lexeme) => lexeme.kind !== 'comma' && lexeme.kind !== 'stop');
  const has = (...keys: Parameters<typeof isKey>[1][]) => spoken.some((lexeme) => isKey(lexeme, ...keys));
  const ends = reading.from.length + reading.to.length + reading.addresses.from.length + reading.addresses.to.length;
  const twoEnds = reading.from.length + reading.addresses.from.length > 0 && reading.to.length + reading.addresses.to.length > 0;
  if (twoEnds) return false;
  if (has('reverse') && ends === 0) return true;
  const head = spoken.find((lexeme) => !isPadding(lexeme) && !isKey(lexeme, 'greeting', 'polite'));
  const opened = isKey(head ?? spoken[0], 'follow') || isKey(spoken[0], 'follow') || isKey(spoken.at(-1), 'follow');
  const whole = has('who', 'talk', 'reach', 'need', 'define', 'inbound', 'outbound', 'open') || (has('wh', 'tell') && !opened);
  const bare = spoken.every(
    (lexeme) =>
      isPadding(lexeme) ||
      lexeme.kind !== 'key' ||
      isKey(lexeme, 'from', 'to', 'and', 'both', 'on', 'for', 'port', 'why', 'quantity', 'if'),
  );
  if (ends > 0) return (opened && !whole) || (bare && (reading.from.length === 0 || reading.to.length === 0) && !reading.both);
  if (opened && !has('who', 'talk')) return true;
  return bare || (!has('who', 'talk', 'need') && reading.ports.length === 0 && reading.application.length === 0);
}

/** The question before with what the text says put in its place. */
function merged(before: Reading, { reading, tone }: Understood, lexemes: readonly Lexeme[]): Reading {
  const turn = lexemes.some((lexeme) => isKey(lexeme, 'reverse'));
  const base = turn ? turned(before) : before;
  const list = <T>(now: readonly T[], then: readonly T[]): readonly T[] => (now.length > 0 ? now : then);
  const ends = placed(base, reading);
  return {
    ...ends,
    both: ends.both || tone.hints.both,
    ports: list(reading.ports, base.ports),
    transport: reading.transport ?? base.transport,
    application: list(reading.application, base.application),
    security: reading.application.length > 0 ? reading.security : base.security,
    topologies: list(reading.topologies, base.topologies),
    sites: list(reading.sites, base.sites),
  };
}

type Ends = Pick<Reading, 'from' | 'to' | 'both' | 'addresses'>;

const turned = (reading: Reading): Reading => ({
  ...reading,
  from: reading.to,
  to: reading.from,
  addresses: { from: reading.addresses.to, to: reading.addresses.from },
});

/** A role without a marker takes the destination's place; in a question of one end, that end's. */
function placed(base: Reading, { from, to, both, addresses }: Reading): Ends {
  const [here, there] = [ends(from, addresses.from), ends(to, addresses.to)];
  const [source, target] = [ends(base.from, base.addresses.from), ends(base.to, base.addresses.to)];
  if (isEmpty(here) && isEmpty(there)) return base;
  if (!isEmpty(there))
    return joined(within(there, source) ? target : source, there, base.both && !within(there, source) && !within(there, target));
  if (!both) return joined(here, within(here, target) ? source : target, base.both && !within(here, source) && !within(here, target));
  if (!isEmpty(source) && !isEmpty(target))
    return within(here, source) || within(here, target) ? joined(here, ends([], []), true) : joined(source, here, base.both);
  return isEmpty(target) ? joined(here, target, isEmpty(source) || base.both) : joined(source, here, false);
}

type One = { readonly roles: readonly RoleId[]; readonly addresses: readonly string[] };

const ends = (roles: readonly RoleId[], addresses: readonly string[]): One => ({ roles, addresses });
const isEmpty = ({ roles, addresses }: One): boolean => roles.length + addresses.length === 0;
const within = (one: One, other: One): boolean =>
  one.roles.every((role) => other.roles.includes(role)) && one.addresses.every((address) => other.addresses.includes(address));

/** Both ways only between two ends; one way with one. */
function joined(from: One, to: One, both: boolean): Ends {
  return { from: from.roles, to: to.roles, both, addresses: { from: from.addresses, to: to.addresses } };
}
