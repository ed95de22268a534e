import type { RoleId } from '../domain/role.ts';
import type { TopologyId } from '../domain/rule.ts';
import { direct } from './direction.ts';
import { gather } from './ends.ts';
import type { Folded } from './fold.ts';
import { typedText } from './fold.ts';
import type { Correction, Intent, Reading } from './intent.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { readPorts } from './numbers.ts';
import type { Settled } from './settle.ts';
import { layTape } from './tape.ts';
import { type Tone, toneOf } from './tone.ts';
import type { Vocabulary } from './vocabulary.ts';

export type Understood = {
  readonly reading: Reading;
  readonly strangers: readonly string[];
  readonly invalid: string | null;
  readonly corrections: readonly Correction[];
  readonly tone: Tone;
  /** The topologies that are to be compared; fewer than two where none are. */
  readonly compared: readonly TopologyId[];
};

/** Reads roles, directions, ports, transport and topics; null when it names more than one question. */
export function understand(settled: Settled, folded: Folded, vocabulary: Vocabulary): Understood | null {
  const { topologies, sites } = settled;
  const tone = toneOf(settled.lexemes);
  const lexemes = tone.vipOrServer ? withoutVips(settled.lexemes, vocabulary) : settled.lexemes;
  const direction = direct(gather(layTape(lexemes, folded)), tone.hints);
  if (direction === null) return null;
  const { ports, invalid, marked } = readPorts(lexemes);
  const transports = new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'transport' ? [lexeme.transport] : [])));
  const [transport = null] = transports;
  const application = [...new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'topic' ? [lexeme.topic] : [])))];
  const { both, strangers } = direction;
  const [from, to] = [splitEnds(direction.from, lexemes), splitEnds(direction.to, lexemes)];
  const whole = (roles: readonly RoleId[]) =>
    tone.vipOrServer ? [...new Set(roles.map((role) => vocabulary.behind.get(role) ?? role))] : roles;
  return {
    reading: {
      from: whole(from.roles),
      to: whole(to.roles),
      both,
      ports,
      transport: transports.size === 1 ? transport : null,
      application,
      security: application.filter((topic) => vocabulary.protections.has(topic)),
      topologies,
      sites,
      addresses: { from: from.addresses, to: to.addresses },
    },
    strangers,
    invalid,
    corrections: correctionsOf(lexemes, folded, [...from.roles, ...to.roles]),
    tone: { ...tone, marked: tone.marked || marked || transports.size > 0 },
    compared: comparedBy(settled, vocabulary),
  };
}

/** A VIP is left out beside the role it stands before. */
function withoutVips(lexemes: readonly Lexeme[], { behind }: Vocabulary): readonly Lexeme[] {
  const named = new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'role' ? [lexeme.role] : [])));
  return lexemes.filter((lexeme) => {
    const whole = lexeme.kind === 'role' ? behind.get(lexeme.role) : undefined;
    return whole === undefined || !named.has(whole);
  });
}

/** What differs is asked of topologies: of those named, or of the one named and those that are active. */
function comparedBy({ lexemes, operands, topologies }: Settled, { active }: Vocabulary): readonly TopologyId[] {
  if (!lexemes.some((lexeme) => isKey(lexeme, 'differ')) || topologies.length === 0) return [];
  return operands.length > 1 ? topologies : [...new Set([...active, ...topologies])];
}

function splitEnds(ends: readonly string[], lexemes: readonly Lexeme[]) {
  const roles = new Map<string, RoleId>(lexemes.flatMap((lexeme) => (lexeme.kind === 'role' ? [[lexeme.role, lexeme.role]] : [])));
  return { roles: ends.flatMap((end) => roles.get(end) ?? []), addresses: ends.filter((end) => !roles.has(end)) };
}

type Because = Extract<Intent, { kind: 'not-understood' }>['because'];

export const notUnderstood = (because: Because = null): Intent => ({ kind: 'not-understood', because });

/** What a question is about, once it is known to be no order; not-understood where nothing in it can be held on to. */
export function questionOf({ reading, strangers, invalid, corrections, tone, compared }: Understood): Intent {
  const named = [reading.from, reading.to, reading.addresses.from, reading.addresses.to].reduce((sum, ends) => sum + ends.length, 0);
  const filters = reading.ports.length + reading.application.length;
  const evidence = tone.marked || tone.firewall || filters > 0;
  if (invalid !== null && (tone.marked || tone.firewall || named > 0 || tone.plain)) return { kind: 'invalid', what: invalid };
  if (compared.length > 1 && strangers.length === 0) return comparison(compared, reading);
  // What differs between roles is no question of ports.
  if (tone.contrasts) return notUnderstood();
  if (strangers.length > 0) {
    const grounded = tone.marked || tone.subject || filters > 0;
    if (!grounded && named === 0 && !(tone.stranger && tone.plain)) return notUnderstood();
    return { kind: 'unknown-role', words: strangers, reading, corrections };
  }
  const directed = pointsBothEnds(reading);
  if (named + filters === 0) {
    const filtered = reading.transport !== null || (tone.everything && tone.subject);
    return tone.everything || filtered ? asked(tone, reading, corrections) : notUnderstood();
  }
  if (!tone.plain && !tone.marked && !tone.firewall && !directed) return notUnderstood();
  if (tone.definition && named > 0 && !evidence && !directed) return notUnderstood();
  if (tone.asksClosed && reading.ports.length === 0) return notUnderstood('asks-closed');
  if (tone.excepts) return notUnderstood('leaves-out');
  if (tone.exclusive) return notUnderstood();
  return asked(tone, reading, corrections);
}

/** A listing, or a yes and no where that is asked: by its form, or by naming both ends and a port. */
export function asked(
  tone: Pick<Tone, 'aspect' | 'negative' | 'yesNo' | 'whichRole'>,
  reading: Reading,
  corrections: readonly Correction[],
): Intent {
  const { aspect, negative, yesNo, whichRole } = tone;
  const pinned = pointsBothEnds(reading) && reading.ports.length > 0 && (aspect === 'list' || aspect === 'exists');
  const kind = (pinned || yesNo) && !negative && !whichRole ? 'check' : 'ports';
  return { kind, aspect: kind === 'ports' && aspect === 'exists' ? 'list' : aspect, reading, corrections };
}

/** Whether both ends are named, by roles or addresses. */
export function pointsBothEnds({ from, to, addresses }: Reading): boolean {
  return from.length + addresses.from.length > 0 && to.length + addresses.to.length > 0;
}

function comparison(topologies: readonly TopologyId[], reading: Reading): Intent {
  const ends = reading.from.length + reading.to.length;
  return { kind: 'compare', topologies, reading: { ...reading, both: reading.both && ends > 0, topologies } };
}

function correctionsOf(lexemes: readonly Lexeme[], folded: Folded, used: readonly string[]): readonly Correction[] {
  return lexemes.flatMap((lexeme) => {
    if (lexeme.kind !== 'role' || !lexeme.corrected || !used.includes(lexeme.role)) return [];
    return [{ typed: typedText(folded, lexeme.from, lexeme.to), read: lexeme.role }];
  });
}
