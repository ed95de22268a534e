/** What a word of the language does in a question. The words themselves stand in `words-en.ts` and `words-zh.ts`. */
export type Key =
  /** Comes before the source. */
  | 'from'
  /** Comes before the destination. */
  | 'to'
  /** A verb whose object is the destination: "reach", 访问. */
  | 'reach'
  /** Joins as "to" does after a verb of talking, else means nothing. */
  | 'with'
  /** Two ways, unless from and to say otherwise. */
  | 'between'
  /** Two ways whatever else is said. */
  | 'both'
  | 'and'
  /** Comes before (English) or after (Chinese) the destination, if nothing better says which it is. */
  | 'on'
  | 'upon'
  /** Comes after the end it names: "as the source", 作为目标. */
  | 'as-source'
  | 'as-target'
  /** Between the servers of one role, if only one is named. */
  | 'among'
  | 'inbound'
  | 'outbound'
  /** Turns a verb round: "reached by X", 被 X 访问. */
  | 'by'
  /** 对 X 开放: X is the source; 对 X otherwise: the destination. */
  | 'towards'
  /** 给 X 开放: X is the source; otherwise it means nothing. */
  | 'for'
  | 'wh'
  /** "list", "show me": asks as a question word does. */
  | 'tell'
  | 'who'
  | 'aux'
  | 'yesno'
  | 'allow'
  | 'port'
  /** Words that show the talk is of firewalls. */
  | 'subject'
  | 'talk'
  | 'need'
  | 'all'
  | 'count'
  | 'product'
  | 'open'
  | 'close'
  | 'request'
  | 'mine'
  | 'status'
  | 'not'
  /** Asks for the opposite: "blocked", 禁止. */
  | 'deny'
  | 'except'
  | 'how'
  | 'why'
  /** Asks for a number of things: "how many", 几个. */
  | 'quantity'
  /** Asks whether something is there: "is there any". */
  | 'exist'
  /** "break", 影响: what a closed port does. */
  | 'break'
  | 'if'
  | 'differ'
  /** Asks for nothing but what differs. */
  | 'contrast'
  /** "the other way", 反过来. */
  | 'reverse'
  /** Begins or ends what follows on a question before: "and", "what about", 呢. */
  | 'follow'
  /** Joins alternatives, one of which is asked for. */
  | 'or'
  /** "only" */
  | 'sole'
  /** The servers themselves, and not the VIP before them. */
  | 'itself'
  | 'define'
  | 'help'
  | 'greeting'
  | 'polite'
  | 'filler'
  | 'approve'
  | 'reject'
  | 'send-back'
  | 'withdraw'
  | 'take-back'
  | 'ask';

export type Words = Readonly<Partial<Record<Key, string>>>;
