/**
 * What is wrong with the log or a request. `missing`: something that was there is gone, `tampered`: what is there is not
 * what was written, `older`: the log ends before a checkpoint kept outside. `entry` is an index, `object` a request's id; null
 * where it is neither.
 */
export type Finding = {
  readonly kind: 'tampered' | 'missing' | 'older';
  readonly entry: number | null;
  readonly object: string | null;
  readonly what: string;
};

export type Verdict = {
  readonly verdict: 'intact' | 'tampered' | 'incomplete' | 'older';
  /** The first entry that was looked at; 0 unless less than all was asked for. */
  readonly since: number;
  /** How many there are, from the log's beginning. */
  readonly entries: number;
  /** The root in hex over these entries; null when some are missing. */
  readonly root: string | null;
  readonly checkpoints: number;
  /** How many of the entries the last checkpoint covers. */
  readonly signed: number;
  readonly requests: number;
  /** Personal values that were erased, as the log says. */
  readonly redacted: number;
  readonly findings: readonly Finding[];
};

export const tampered = (entry: number | null, object: string | null, what: string): Finding => ({ kind: 'tampered', entry, object, what });
export const missing = (entry: number | null, object: string | null, what: string): Finding => ({ kind: 'missing', entry, object, what });

/** Anything that was changed outweighs what is only gone, and that a log that merely ends too early. */
export function verdictOf(findings: readonly Finding[]): Verdict['verdict'] {
  const kinds = new Set(findings.map(({ kind }) => kind));
  if (kinds.has('tampered')) return 'tampered';
  if (kinds.has('missing')) return 'incomplete';
  return kinds.has('older') ? 'older' : 'intact';
}
