/**
 * What is wrong with the log or a request. `missing`: something that was there is gone, `tampered`: what is there is not
 * what was written. `entry` is an index, `object` a request's id; null where it is neither.
 */
export type Finding = {
  readonly kind: 'tampered' | 'missing';
  readonly entry: number | null;
  readonly object: string | null;
  readonly what: string;
};

export type Verdict = {
  readonly verdict: 'intact' | 'tampered' | 'incomplete';
  readonly entries: number;
  /** The root in hex over these entries; null when some are missing. */
  readonly root: string | null;
  readonly requests: number;
  readonly findings: readonly Finding[];
};

export const tampered = (entry: number | null, object: string | null, what: string): Finding => ({ kind: 'tampered', entry, object, what });
export const missing = (entry: number | null, object: string | null, what: string): Finding => ({ kind: 'missing', entry, object, what });

/** Anything that was changed outweighs what is only gone. */
export function verdictOf(findings: readonly Finding[]): Verdict['verdict'] {
  if (findings.some(({ kind }) => kind === 'tampered')) return 'tampered';
  return findings.length > 0 ? 'incomplete' : 'intact';
}
