import { Catalogue } from '../domain/catalogue.ts';
import type { TopologyId } from '../domain/rule.ts';
import { buildVocabulary, type Vocabulary } from '../nlu/vocabulary.ts';
import type { Knowledge } from './ports.ts';

/** The topology that is meant where none is named. */
export const defaultTopology = 'lync-2013-director-dns-hlb';

type Prepared = { readonly vocabulary: Vocabulary; readonly catalogues: Map<string, Catalogue> };

const prepared = new WeakMap<Knowledge, Prepared>();

function prepare(knowledge: Knowledge): Prepared {
  const known = prepared.get(knowledge);
  if (known) return known;
  const made: Prepared = { vocabulary: buildVocabulary(knowledge), catalogues: new Map() };
  prepared.set(knowledge, made);
  return made;
}

/** The words questions are read with; built once for a state of the knowledge. */
export function vocabularyOf(knowledge: Knowledge): Vocabulary {
  return prepare(knowledge).vocabulary;
}

/** The rules of the active topologies; built once. Without any named, those of the default, or of the first there is. */
export function catalogueOf(knowledge: Knowledge, topologies: readonly TopologyId[] = []): Catalogue {
  const { catalogues } = prepare(knowledge);
  const key = topologies.join(' ');
  const known = catalogues.get(key);
  if (known) return known;
  const named = knowledge.topologies.filter(({ id }) => (topologies.length > 0 ? topologies.includes(id) : id === defaultTopology));
  const made = new Catalogue(named.length > 0 ? named : knowledge.topologies.slice(0, 1), knowledge.roles);
  catalogues.set(key, made);
  return made;
}
