import type { Scene } from './standing.ts';
import { isOpen, type Stop, type Walk } from './walk.ts';

/** The page that shows everything, at the end of a dialog with a review. */
export const reviewPage = 'review';

/** The pages that have something to ask now, in order, and the last one. */
export function pagesOn({ definition }: Scene, path: Walk): readonly string[] {
  const asking = definition.pages.filter(({ id }) => stopsOn(definition, path, id).length > 0).map(({ id }) => id);
  return definition.review ? [...asking, reviewPage] : asking;
}

/** The questions of a page that are asked now. */
export function stopsOn({ pages }: Scene['definition'], path: Walk, page: string): readonly Stop[] {
  const fields = pages.find(({ id }) => id === page)?.steps.map(({ field }) => field) ?? [];
  return path.stops.filter(({ step }) => fields.includes(step.field));
}

/** The wanted page, or else where the person stands: the first page with a question still open, or the last one. */
export function pageToShow(scene: Scene, path: Walk, wanted: string | null): string {
  const pages = pagesOn(scene, path);
  const open = pages.find((page) => stopsOn(scene.definition, path, page).some(isOpen));
  const isReady = wanted !== reviewPage || open === undefined;
  if (wanted !== null && isReady && pages.includes(wanted)) return wanted;
  return open ?? pages.at(-1) ?? reviewPage;
}
