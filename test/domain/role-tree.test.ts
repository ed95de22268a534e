import { expect, test } from 'vitest';
import { RoleTree } from '../../src/domain/role-tree.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const { roles } = loadTestKnowledge();
const tree = new RoleTree(roles);

function idOf(id: string) {
  const role = roles.find((candidate) => candidate.id === id);
  if (role === undefined) throw new Error(`no role ${id}`);
  return role.id;
}

const matches = (asked: string, named: string): boolean => tree.matching(idOf(asked)).has(idOf(named));

test('a rule for a group is one for each of its parts, and for what they are parts of', () => {
  expect(matches('fe-server', 'all-servers')).toBe(true);
  expect(matches('fe-pool', 'all-servers')).toBe(true);
  expect(matches('internal-client', 'client')).toBe(true);
  expect(matches('internal-client', 'external-client')).toBe(false);
  expect(matches('sql', 'all-servers')).toBe(false);
});

test('a VIP matches itself alone, also that of a pool', () => {
  expect([...tree.matching(idOf('fe-pool-vip'))]).toEqual(['fe-pool-vip']);
  expect(matches('fe-pool', 'fe-pool-vip')).toBe(true);
});

test('a server on one task is its own, while asking for the server asks for it too', () => {
  expect(matches('fe-server', 'fe-server-cms')).toBe(true);
  expect(matches('fe-server-cms', 'fe-server')).toBe(false);
});
