import { catalogueCsv } from '../catalogue-import/catalogue-csv.ts';
import { visible } from '../chat/visible.ts';
import type { Topology } from '../domain/rule.ts';

export type CatalogueExportParts = {
  /** Null for all of them. */
  readonly topology: string | null;
  readonly topologies: readonly Topology[];
  readonly write: (text: string) => void;
  readonly err: (line: string) => void;
};

/** Prints every field of the topologies as CSV. Returns the exit code. */
export function catalogueExport({ topology, topologies, write, err }: CatalogueExportParts): 0 | 1 {
  const wanted = topology === null ? topologies : topologies.filter(({ id }) => id === topology);
  if (topology !== null && wanted.length === 0) {
    err(`there is no topology "${visible(topology)}"; there are ${topologies.map(({ id }) => id).join(', ')}`);
    return 1;
  }
  write(catalogueCsv(wanted));
  return 0;
}
