import type { Hints } from './direction.ts';
import type { Key } from './grammar.ts';
import type { Aspect } from './intent.ts';
import { isKey, keysOf, type Lexeme } from './lexeme.ts';
import { isPadding } from './scan.ts';
import { isEnd } from './tape.ts';

/** What a text says besides roles and ports. */
export type Tone = ReturnType<typeof toneOf>;

export function toneOf(lexemes: readonly Lexeme[]) {
  const present = keysOf(lexemes);
  const has = (...keys: readonly Key[]) => keys.some((key) => present.has(key));
  const asked = lexemes.findIndex((lexeme) => isKey(lexeme, 'wh', 'who', 'tell', 'quantity', 'why'));
  const first = lexemes.findIndex((lexeme) => !isPadding(lexeme) && lexeme.kind !== 'comma' && !isKey(lexeme, 'greeting', 'polite'));
  const aux = lexemes.findIndex(
    (lexeme, at) => isKey(lexeme, 'aux') && (at === first || lexemes[at - 1]?.kind === 'stop' || lexemes[at - 1]?.kind === 'comma'),
  );
  const questionMark = lexemes.some((lexeme) => lexeme.kind === 'stop' && lexeme.question);
  const yesNo =
    (aux >= 0 && (asked < 0 || aux < asked)) ||
    (asked < 0 && (has('yesno') || (questionMark && has('allow')))) ||
    (asked < 0 && questionMark && asksForAny(lexemes, first));
  const hints: Hints = {
    both: has('both') || (has('reverse') && lexemes.filter(isEnd).length > 1),
    either: has('between'),
    among: has('among') && !has('and'),
    side: has('inbound') === has('outbound') ? null : has('inbound') ? 'to' : 'from',
  };
  const not = lexemes.findIndex((lexeme, at) => at !== first && isKey(lexeme, 'not'));
  const negative = has('deny') || not >= 0;
  const aspect = aspectOf(lexemes, has, negative, yesNo);
  return {
    hints,
    aspect,
    yesNo: yesNo && (aspect === 'list' || aspect === 'exists'),
    asked: asked >= 0,
    question: questionMark || asked >= 0 || yesNo,
    /** A port is said to be one. */
    marked: has('port'),
    /** The talk is of traffic. */
    firewall:
      has('from', 'to', 'reach', 'between', 'both', 'subject', 'talk', 'allow', 'need', 'inbound', 'outbound', 'open') ||
      aspect === 'breaks' ||
      aspect === 'why',
    subject: has('port', 'subject', 'request'),
    definition: has('define') || (isKey(lexemes[first], 'wh', 'who') && !has('port')),
    everything:
      (has('all', 'tell', 'quantity') || lexemes.some((lexeme) => lexeme.kind === 'role' && lexeme.anyone)) &&
      has('port', 'subject', 'all'),
    /** Something is named that is known not to be a role. */
    stranger: lexemes.some((lexeme) => lexeme.kind === 'not-role'),
    /** Asks what is not open: the verdict would answer the opposite. */
    negative,
    /** Asks for all that is not open, which is everything but what is listed. */
    asksClosed: asked >= 0 && negative && !(has('deny') && not >= 0) && (not < 0 || not > asked) && aspect !== 'why' && aspect !== 'breaks',
    /** Leaves something out, which no reading can say. */
    excepts:
      has('except') || lexemes.some((lexeme, at) => isKey(lexeme, 'not') && !isKey(lexeme, 'reach', 'aux') && leavesOut(lexemes, at)),
    /** "Is only 5061 open?" is answered by none of the rules of 5061. */
    exclusive:
      yesNo &&
      lexemes.some((lexeme, at) => isKey(lexeme, 'sole') && ['number', 'transport', 'topic'].includes(next(lexemes, at)?.kind ?? '')),
    /** Asks which of the ways or roles it names, where a yes would not say it. */
    whichRole: asksWhichRole(lexemes) || (has('reverse') && has('or')),
    contrasts: has('contrast'),
    /** "To the VIP or to the server?" */
    vipOrServer: has('or') && has('itself'),
    /** Nothing in it is unknown. */
    plain: !lexemes.some((lexeme) => lexeme.kind === 'unknown'),
  };
}

function aspectOf(lexemes: readonly Lexeme[], has: (...keys: readonly Key[]) => boolean, negative: boolean, yesNo: boolean): Aspect {
  const shuts = has('deny', 'close') || negative;
  if ((shuts && has('break', 'if')) || (has('close') && yesNo) || (has('break') && has('wh', 'who', 'quantity'))) return 'breaks';
  if (has('why')) return 'why';
  if (has('quantity')) return 'count';
  return yesNo && (has('exist') || asksForAny(lexemes, 0)) ? 'exists' : 'list';
}

/** "to the VIP or to the server", "the Edge or the Director": no answer to it begins with yes or no. */
function asksWhichRole(lexemes: readonly Lexeme[]): boolean {
  return lexemes.some((lexeme, at) => {
    if (!isKey(lexeme, 'or')) return false;
    const other = lexemes.slice(at + 1, at + 9).find((each) => !isPadding(each) && !isKey(each, 'from', 'to', 'on'));
    const before = lexemes.slice(Math.max(0, at - 8), at).findLast((each) => !isPadding(each));
    return isEnd(before) && (isEnd(other) || lexemes.slice(at, at + 4).some((each) => isKey(each, 'itself')));
  });
}

/** "any UDP?" */
function asksForAny(lexemes: readonly Lexeme[], first: number): boolean {
  const at = lexemes.findIndex((lexeme, place) => place >= first && lexeme.kind === 'role' && lexeme.anyone);
  const thing = lexemes[at + 1];
  return at >= 0 && (thing?.kind === 'transport' || thing?.kind === 'topic') && !lexemes.slice(0, at).some(isEnd);
}

/** "not 5061", "not from the edge" */
function leavesOut(lexemes: readonly Lexeme[], at: number): boolean {
  const after = next(lexemes, at);
  return after?.kind === 'number' || after?.kind === 'role' || isKey(after, 'from');
}

/** What follows, paddings and the word for a port passed over. */
function next(lexemes: readonly Lexeme[], at: number): Lexeme | undefined {
  return lexemes.slice(at + 1, at + 9).find((lexeme) => !isPadding(lexeme) && !isKey(lexeme, 'port'));
}
