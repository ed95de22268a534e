import { z } from 'zod';
import type { JsonObject } from '../locale.ts';

/** The entry that says which personal values, and which pseudonyms' holders, were erased. */
export const erasureType = 'audit.erase';

/** So many values one entry names at most; more take several entries. */
export const erasedAtOnce = 500;

/** `values`: a value by its entry's index and its name. `refs`: pseudonyms that lead to nobody from here on. */
export type Erasure = { readonly values: readonly (readonly [idx: number, name: string])[]; readonly refs: readonly string[] };

const erasedSchema = z.looseObject({ values: z.array(z.tuple([z.int().min(0), z.string()])), refs: z.array(z.string()) });

/** What stands as `after` in an erasure's entry. `by` is who asked: people have no part in it, an operator runs the command. */
export function erasureAfter({ values, refs }: Erasure): JsonObject {
  return { by: 'operator', count: values.length, values: values.map(([idx, name]) => [idx, name]), refs: [...refs] };
}

/** Null when it is not what an erasure says. */
export function readErasure(after: unknown): Erasure | null {
  const read = erasedSchema.safeParse(after);
  return read.success ? { values: read.data.values, refs: read.data.refs } : null;
}
