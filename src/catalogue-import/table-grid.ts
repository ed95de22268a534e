import { bounds, type Cell, type Row, type SourceTable } from './page.ts';

export type SpannedCell = { readonly text: string; readonly columns: number; readonly rows: number; readonly heading: boolean };

type Carried = { readonly cell: Cell; left: number };

/** Lays out a table's rows as they come, so that every cell stands in its column whatever spans what. */
export class TableGrid {
  readonly #line: number;
  readonly #rows: Row[] = [];
  readonly #carried = new Map<number, Carried>();

  constructor(line: number) {
    this.#line = line;
  }

  /** Returns how many cells the row has. */
  add(line: number, given: readonly SpannedCell[]): number {
    const cells: Cell[] = [];
    for (const cell of given) {
      this.#carry(cells);
      for (let span = 0; span < clamp(cell.columns, bounds.columns) && cells.length < bounds.columns; span += 1) {
        const placed = { text: cell.text, merged: span > 0 };
        const left = clamp(cell.rows, bounds.rows) - 1;
        if (left > 0) this.#carried.set(cells.length, { cell: placed, left: left + 1 });
        cells.push(placed);
      }
    }
    this.#carry(cells);
    this.#age();
    this.#rows.push({ line, heading: given.length > 0 && given.every(({ heading }) => heading), cells });
    return cells.length;
  }

  table(): SourceTable {
    return { line: this.#line, rows: this.#rows };
  }

  /** Cells of rows above that reach down to where the next cell would stand. */
  #carry(cells: Cell[]): void {
    for (let from = this.#carried.get(cells.length); from !== undefined; from = this.#carried.get(cells.length)) cells.push(from.cell);
  }

  #age(): void {
    for (const [column, carried] of this.#carried) {
      carried.left -= 1;
      if (carried.left <= 0) this.#carried.delete(column);
    }
  }
}

const clamp = (span: number, most: number): number => (Number.isFinite(span) ? Math.min(Math.max(Math.trunc(span), 1), most) : 1);
