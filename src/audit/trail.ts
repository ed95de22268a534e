import type { StoredEntry } from './entry.ts';
import type { TreeNode } from './tree.ts';

/** A value behind a commitment, kept beside the log: `value` is canonical JSON. */
export type PersonalValue = { readonly idx: number; readonly name: string; readonly salt: Uint8Array; readonly value: string };

/** A request's row as it lies in its table, not trusted: `document` should be its canonical JSON. */
export type LiveRecord = {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly state: string;
  readonly requester: string;
  readonly document: string;
};

/** One unchanging view of the log and of the requests it is about. Ranges run from the first to before the second number, in order. */
export interface AuditTrail {
  entries(from: number, until: number): Promise<readonly StoredEntry[]>;
  /** Null when there is no entry. */
  lastIndex(): Promise<number | null>;
  nodes(level: number, from: number, until: number): Promise<readonly TreeNode[]>;
  /** How many subtrees of each level are stored, and the number of the last. */
  levels(): Promise<readonly { readonly level: number; readonly count: number; readonly last: number }[]>;
  personal(from: number, until: number): Promise<readonly PersonalValue[]>;
  /** By number. */
  records(afterNumber: number, limit: number): Promise<readonly LiveRecord[]>;
}
