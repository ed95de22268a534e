import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A file in dist/ whose time says when the build of it began. */
export const STAMP = '.built';
