import { direct, type Hints } from './direction.ts';
import { gather } from './ends.ts';
import type { Folded } from './fold.ts';
import { typedText } from './fold.ts';
import type { Key } from './grammar.ts';
import { type Correction, type Intent, nothingSaid, type Reading } from './intent.ts';
import { isKey, type Lexeme } from './lexeme.ts';
import { readPorts } from './numbers.ts';
import { isPadding } from './scan.ts';
import { layTape } from './tape.ts';

/** What the text says besides roles and ports. */
type Tone = ReturnType<typeof toneOf>;

export type Understood = {
  readonly reading: Reading;
  readonly strangers: readonly string[];
  readonly invalid: string | null;
  readonly corrections: readonly Correction[];
  readonly tone: Tone;
};

/** Reads roles, directions, ports, transport and topics; null when it names more than one question. */
export function understand(lexemes: readonly Lexeme[], folded: Folded): Understood | null {
  const tone = toneOf(lexemes);
  const gathered = gather(layTape(lexemes, folded));
  const direction = direct(gathered, tone.hints);
  if (direction === null) return null;
  const { ports, invalid, marked } = readPorts(lexemes);
  const transports = new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'transport' ? [lexeme.transport] : [])));
  const [transport = null] = transports;
  const { from, to, both, strangers } = direction;
  return {
    reading: {
      ...nothingSaid,
      from,
      to,
      both,
      ports,
      transport: transports.size === 1 ? transport : null,
      application: [...new Set(lexemes.flatMap((lexeme) => (lexeme.kind === 'topic' ? [lexeme.topic] : [])))],
    },
    strangers,
    invalid,
    corrections: correctionsOf(lexemes, folded, [...from, ...to]),
    tone: { ...tone, marked: tone.marked || marked || transports.size > 0 },
  };
}

/** What a question is about, once it is known to be no order; not-understood where nothing in it can be held on to. */
export function questionOf({ reading, strangers, invalid, corrections, tone }: Understood): Intent {
  const named = reading.from.length + reading.to.length;
  const content = named + strangers.length + reading.ports.length + reading.application.length;
  const evidence = tone.marked || tone.firewall || reading.ports.length > 0 || reading.application.length > 0;
  if (invalid !== null && (tone.marked || tone.firewall || named > 0 || tone.plain)) return { kind: 'invalid', what: invalid };
  if (strangers.length > 0) {
    const grounded = tone.marked || tone.subject || reading.ports.length > 0 || reading.application.length > 0;
    if (!grounded && named === 0 && !(tone.stranger && tone.plain)) return notUnderstood();
    return { kind: 'unknown-role', words: strangers, reading, corrections };
  }
  if (content === 0) return tone.everything || reading.transport !== null ? listing(reading, corrections) : notUnderstood();
  const directed = reading.from.length > 0 && reading.to.length > 0;
  if (!tone.plain && !tone.marked && !tone.firewall && !directed) return notUnderstood();
  if (tone.definition && named > 0 && !evidence && !directed) return notUnderstood();
  if (tone.excepts) return notUnderstood('leaves-out');
  const pinned = directed && reading.ports.length > 0;
  return (pinned || tone.yesNo) && !tone.negative ? { kind: 'check', aspect: 'list', reading, corrections } : listing(reading, corrections);
}

type Because = Extract<Intent, { kind: 'not-understood' }>['because'];

export const notUnderstood = (because: Because = null): Intent => ({ kind: 'not-understood', because });

const listing = (reading: Reading, corrections: readonly Correction[]): Intent => ({ kind: 'ports', aspect: 'list', reading, corrections });

function toneOf(lexemes: readonly Lexeme[]) {
  const has = (...keys: readonly Key[]) => lexemes.some((lexeme) => isKey(lexeme, ...keys));
  const asked = lexemes.findIndex((lexeme) => isKey(lexeme, 'wh', 'who', 'tell'));
  const first = lexemes.findIndex((lexeme) => !isPadding(lexeme) && lexeme.kind !== 'comma' && !isKey(lexeme, 'greeting', 'polite'));
  const aux = lexemes.findIndex(
    (lexeme, at) => isKey(lexeme, 'aux') && (at === first || lexemes[at - 1]?.kind === 'stop' || lexemes[at - 1]?.kind === 'comma'),
  );
  const questionMark = lexemes.some((lexeme) => lexeme.kind === 'stop' && lexeme.question);
  const yesNo = (aux >= 0 && (asked < 0 || aux < asked)) || (asked < 0 && (has('yesno') || (questionMark && has('allow'))));
  const hints: Hints = {
    both: has('both'),
    either: has('between'),
    side: has('inbound') === has('outbound') ? null : has('inbound') ? 'to' : 'from',
  };
  return {
    hints,
    yesNo,
    asked: asked >= 0,
    question: questionMark || asked >= 0 || yesNo,
    /** A port is said to be one. */
    marked: has('port'),
    /** The talk is of traffic. */
    firewall: has('from', 'to', 'reach', 'between', 'both', 'subject', 'talk', 'allow', 'need', 'inbound', 'outbound', 'open'),
    subject: has('port', 'subject', 'request'),
    definition: has('define') || (isKey(lexemes[first], 'wh', 'who') && !has('port')),
    everything: (has('all', 'tell') || lexemes.some((lexeme) => lexeme.kind === 'role' && lexeme.anyone)) && has('port', 'subject', 'all'),
    /** Something is named that is known not to be a role. */
    stranger: lexemes.some((lexeme) => lexeme.kind === 'not-role'),
    /** Asks what is not open: the verdict would answer the opposite. */
    negative: has('deny') || lexemes.some((lexeme, at) => at !== first && isKey(lexeme, 'not')),
    /** Leaves something out, which no reading can say. */
    excepts:
      has('except') ||
      lexemes.some((lexeme, at) => at !== first && isKey(lexeme, 'not') && !isKey(lexeme, 'reach') && leavesOut(lexemes, at)),
    /** Nothing in it is unknown. */
    plain: !lexemes.some((lexeme) => lexeme.kind === 'unknown'),
  };
}

/** "not 5061", "not from the edge" */
function leavesOut(lexemes: readonly Lexeme[], at: number): boolean {
  const next = lexemes.slice(at + 1).find((lexeme) => !isPadding(lexeme));
  return next?.kind === 'number' || next?.kind === 'role' || isKey(next, 'from');
}

function correctionsOf(lexemes: readonly Lexeme[], folded: Folded, used: readonly string[]): readonly Correction[] {
  return lexemes.flatMap((lexeme) => {
    if (lexeme.kind !== 'role' || !lexeme.corrected || !used.includes(lexeme.role)) return [];
    return [{ typed: typedText(folded, lexeme.from, lexeme.to), read: lexeme.role }];
  });
}
