/** Why a request was turned away. */
export type Refusal = 'signature' | 'future' | 'too-large' | 'malformed' | 'not-stored' | 'unknown';

/** What an operator counts of Slack's requests. */
export type Counts = {
  readonly refused: (reason: Refusal) => void;
  /** Slack sent something again. */
  readonly retried: () => void;
};
