import { join } from 'node:path';
import type { Dirs } from '../adapters/files/load.ts';
import { loadTexts } from '../adapters/files/locale-files.ts';
import { loadFile } from '../adapters/files/parse-file.ts';
import { yamlFiles } from '../adapters/files/yaml-folder.ts';
import type { Problem } from '../app/ports.ts';
import { type Names, namesFrom } from '../catalogue-import/ends.ts';
import { sayFrom } from '../dialog/texts.ts';
import { rolesFileSchema } from '../domain/role.ts';
import { type Topology, topologySchema } from '../domain/rule.ts';
import type { Say } from '../locale.ts';

type Unread = { readonly problems: readonly Problem[] };

/** What an import needs: names and texts. The rest of the data may be unsound, or be what is being imported. */
export function readVocabulary(dirs: Dirs): { readonly names: Names; readonly say: Say } | Unread {
  const problems: Problem[] = [];
  const roles = loadFile(join(dirs.data, 'roles.yaml'), rolesFileSchema, problems);
  const texts = loadTexts(dirs.dialogs, problems);
  if (problems.length > 0 || roles === null || texts === null) return { problems };
  const { roles: all, not_roles: notRoles, topics } = roles.value;
  return { names: namesFrom({ roles: all, notRoles, topics, topologies: [], sites: [] }), say: sayFrom(texts.texts) };
}

/** The topologies as their files say them, before any takes in another's rules. */
export function readTopologies(dirs: Dirs): { readonly topologies: readonly Topology[] } | Unread {
  const problems: Problem[] = [];
  const folder = join(dirs.data, 'catalogue');
  const read = yamlFiles(folder, true).map((name) => loadFile(join(folder, name), topologySchema, problems));
  return problems.length > 0 ? { problems } : { topologies: read.flatMap((file) => (file === null ? [] : [file.value])) };
}
