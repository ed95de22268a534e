import type { StoredEntry } from './entry.ts';
import type { Place, TreeNode } from './tree.ts';

/** A value behind a commitment, kept beside the log: `value` is canonical JSON. */
export type PersonalValue = { readonly idx: number; readonly name: string; readonly salt: Uint8Array; readonly value: string };

/** Whom a pseudonym of the log stands for. */
export type Pseudonym = { readonly subject: string; readonly ref: string; readonly salt: Uint8Array };

/** A request's row as it lies in its table, not trusted: `document` should be its canonical JSON. */
export type LiveRecord = {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly state: string;
  readonly requester: string;
  readonly document: string;
};

/** A checkpoint as it is kept: a signed note, and the size it should be about. */
export type StoredCheckpoint = { readonly size: number; readonly note: string };

/** An entry whose `size` bytes were read as UTF-8, and its leaf hash in hex. */
export type EntryText = { readonly idx: number; readonly text: string; readonly size: number; readonly leaf: string };

/** The log itself, in order, from a database or an export of one. Ranges run from the first to before the second number. */
export interface LogSource {
  entries(from: number, until: number): Promise<readonly StoredEntry[]>;
  /** Null when there is no entry. */
  lastIndex(): Promise<number | null>;
  /** By size, all of them. */
  checkpoints(): Promise<readonly StoredCheckpoint[]>;
}

/** One unchanging view of the log and of all that it is about. */
export interface AuditTrail extends LogSource {
  /** As `entries`, in the form that is cheapest to check. */
  texts(from: number, until: number): Promise<readonly EntryText[]>;
  nodes(level: number, from: number, until: number): Promise<readonly TreeNode[]>;
  /** Their hashes in hex, apart by blanks: much cheaper to compare. */
  nodeText(level: number, from: number, until: number): Promise<string>;
  /** Those of these subtrees that are stored, leaves (level 0) too. */
  subtrees(places: readonly Place[]): Promise<readonly TreeNode[]>;
  /** How many subtrees of each level are stored, and the number of the last. */
  levels(): Promise<readonly { readonly level: number; readonly count: number; readonly last: number }[]>;
  personal(from: number, until: number): Promise<readonly PersonalValue[]>;
  /** By pseudonym. */
  pseudonyms(afterRef: string, limit: number): Promise<readonly Pseudonym[]>;
  /** By number. */
  records(afterNumber: number, limit: number): Promise<readonly LiveRecord[]>;
  /** The entries about an object, a request's id say. Reads the log from the entry `from` on, or the whole. */
  about(object: string, from?: number): Promise<readonly StoredEntry[]>;
}
