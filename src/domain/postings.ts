/** For each key the items that have it, in ascending order, packed. */
export class Postings {
  readonly #lists: ReadonlyMap<string, Int32Array>;

  /** `keysOf` gives the keys of the items 0 to `count` - 1; a key given twice counts once. */
  constructor(count: number, keysOf: (item: number) => Iterable<string>) {
    const growing = new Map<string, number[]>();
    for (let item = 0; item < count; item++) {
      for (const key of keysOf(item)) {
        const list = growing.get(key);
        if (list === undefined) growing.set(key, [item]);
        else if (list[list.length - 1] !== item) list.push(item);
      }
    }
    this.#lists = new Map([...growing].map(([key, list]) => [key, Int32Array.from(list)]));
  }

  has(key: string): boolean {
    return this.#lists.has(key);
  }

  of(key: string): Int32Array {
    return this.#lists.get(key) ?? none;
  }
}

const none = new Int32Array(0);

export type ItemLists = readonly Int32Array[];

export function sizeOf(lists: ItemLists): number {
  let sum = 0;
  for (const { length } of lists) sum += length;
  return sum;
}

/** Of several choices, each lists that hold every match between them, the one with the fewest items. */
export function shortest(choices: readonly ItemLists[]): ItemLists {
  const [first = [], ...others] = choices;
  return others.reduce((best, lists) => (sizeOf(lists) < sizeOf(best) ? lists : best), first);
}
