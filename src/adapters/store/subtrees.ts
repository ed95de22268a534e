import type { Kysely } from 'kysely';
import type { Find, Place, TreeNode } from '../../audit/tree.ts';
import type { Schema } from './schema.ts';

/** The stored subtrees of these places; leaves stand with their entries. Those that are missing are left out. */
export async function readSubtrees(db: Kysely<Schema>, places: readonly Place[]): Promise<readonly TreeNode[]> {
  const leaves = places.filter(({ level }) => level === 0).map(({ i }) => i);
  const inner = places.filter(({ level }) => level > 0);
  const found = leaves.length === 0 ? [] : await db.selectFrom('audit_entry').select(['idx', 'leaf']).where('idx', 'in', leaves).execute();
  const nodes =
    inner.length === 0
      ? []
      : await db
          .selectFrom('audit_node')
          .selectAll()
          .where((eb) => eb.or(inner.map(({ level, i }) => eb.and([eb('level', '=', level), eb('i', '=', i)]))))
          .execute();
  return [...found.map(({ idx, leaf }) => ({ level: 0, i: idx, hash: leaf })), ...nodes];
}

export function findAmong(nodes: readonly TreeNode[]): Find {
  const hashes = new Map(nodes.map(({ level, i, hash }) => [`${level}/${i}`, hash]));
  return (level, i) => hashes.get(`${level}/${i}`);
}
