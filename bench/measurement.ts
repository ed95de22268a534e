/** One result beside its floor, the bare minimum of the same work measured in the same run. `ratio` is our rate over the floor's. */
export type Measurement = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor: number;
  readonly ratio: number;
  /** How many times it was done. */
  readonly n: number;
};

/** What a module of measurements exports; `full` asks for all sizes. */
export type Measure = (options: { readonly full: boolean }) => Promise<readonly Measurement[]>;

/** A measurement of two rates out of paired rounds, in milliseconds each: medians, so that a round somebody disturbed counts no more than another. */
export function rates(name: string, perRound: number, ours: readonly number[], floors: readonly number[]): Measurement {
  const value = (perRound * 1000) / median(ours);
  const floor = (perRound * 1000) / median(floors);
  return { name, value: round(value), unit: '1/s', floor: round(floor), ratio: round(value / floor), n: perRound * ours.length };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function round(value: number): number {
  return Number(value.toPrecision(3));
}
