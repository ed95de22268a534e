import { mergePorts } from '../domain/port-ranges.ts';
import { formatPorts, type PortRange } from '../domain/service.ts';
import type { Voice } from './answer-voice.ts';

/** "table row 6", "table row 7" and "table row 9" become "table rows 6-7, 9". */
export function shortened(places: readonly string[], voice: Voice): readonly string[] {
  const numbered = new Map<string, { readonly place: string; readonly numbers: PortRange[] }>();
  for (const place of places) {
    const number = /^\D*(\d+)\D*$/.exec(place)?.[1];
    const row = number === undefined ? null : voice.say('answer.place.row', { row: number });
    const around = row === null || number === undefined || !place.includes(row) ? place : place.replace(row, '\u0000');
    const known = numbered.get(around) ?? { place, numbers: [] };
    if (around !== place) known.numbers.push({ from: Number(number), to: Number(number) });
    numbered.set(around, known);
  }
  return [...numbered].map(([around, { place, numbers }]) => {
    const rows = mergePorts(numbers);
    const [first, ...more] = rows;
    if (first === undefined || (more.length === 0 && first.from === first.to)) return place;
    return around.replace('\u0000', voice.say('answer.place.rows', { rows: formatPorts(rows) }));
  });
}
