import { readdirSync } from 'node:fs';
import { sep } from 'node:path';

/** The YAML files of a folder, `deep` also those of its folders, by their paths in it, in order. Throws where there is no folder. */
export function yamlFiles(folder: string, deep: boolean): readonly string[] {
  const isShown = (path: string): boolean => path.split(sep).every((name) => !name.startsWith('.'));
  return readdirSync(folder, { encoding: 'utf8', recursive: deep })
    .filter((path) => /\.ya?ml$/.test(path) && isShown(path))
    .sort();
}
