import { describe, expect, test } from 'vitest';
import { Catalogue, type RuleQuery } from '../../src/domain/catalogue.ts';
import { roleSchema } from '../../src/domain/role.ts';
import { topologySchema } from '../../src/domain/rule.ts';

const role = (id: string, kind: string, contains: readonly string[] = []) =>
  roleSchema.parse({ id, kind, contains, name: { en: id, 'zh-CN': id }, aliases: { en: [], 'zh-CN': [] } });
const roles = [
  role('any', 'any'),
  role('web', 'server', ['web-vip']),
  role('web-vip', 'vip'),
  role('db', 'server'),
  role('mail', 'server'),
  role('post', 'server'),
];
const base = { transport: 'tcp', ports: '1000', purpose: { en: 'x', 'zh-CN': 'x' }, place: { en: 'row', 'zh-CN': '行' } };
const document = { title: { en: 'A page', 'zh-CN': '一页' }, product: 'Sample', revised: null, url: 'https://example.com/page' };
const topology = (id: string, rules: readonly object[]) =>
  topologySchema.parse({ id, name: { en: id, 'zh-CN': id }, document, rules: rules.map((rule) => ({ ...base, ...rule })) });

const catalogue = new Catalogue(
  [
    topology('gaps', [
      { id: 'G-1', role: 'web', peers: ['db'], gaps: ['direction'] },
      { id: 'G-2', role: 'web', gaps: ['direction'], ports: '2000' },
      { id: 'G-3', destination: ['web'], gaps: ['source'], ports: '3000' },
      { id: 'G-4', source: ['web'], gaps: ['destination'], ports: '4000' },
      { id: 'G-5', source: ['web'], destination: ['db'], ports: '', gaps: ['ports'] },
      { id: 'G-6', source: ['any'], source_may_be: ['db'], destination: ['web'], ports: '6000' },
      { id: 'G-7', destination: ['post'], direction: 'both', gaps: ['source'], ports: '7000' },
    ]),
  ],
  roles,
);

const id = (text: string) => roleSchema.shape.id.parse(text);
const ask = (from: string | null, to: string | null, more: Partial<RuleQuery> = {}) => {
  const query = { from: from ? [id(from)] : [], to: to ? [id(to)] : [], both: false, ports: [], transport: null, application: [], ...more };
  const { sure, perhaps } = catalogue.lookUp(query);
  return { sure: sure.map(({ rule, match }) => `${rule.id} ${match}`), perhaps: perhaps.map(({ rule }) => rule.id) };
};

describe('what a document leaves out', () => {
  test('a rule without a direction is about its role with the peers it prints, either way round', () => {
    expect(ask('web', 'db').sure).toEqual(['G-1 explicit', 'G-5 explicit']);
    expect(ask('db', 'web').sure).toEqual(['G-1 explicit', 'G-6 explicit']);
    expect(ask('web', 'web').sure).not.toContain('G-1 explicit');
  });

  test('a rule without a direction and without peers is about its role, and perhaps about it with another', () => {
    expect(ask('web', null).sure).toContain('G-2 explicit');
    expect(ask(null, 'web').sure).toContain('G-2 explicit');
    expect(ask('web', 'mail')).toMatchObject({ sure: [], perhaps: ['G-2', 'G-4'] });
  });

  test('an end that is not stated is never taken for the role asked about', () => {
    expect(ask(null, 'web').sure).toContain('G-3 explicit');
    expect(ask('mail', null).sure).not.toContain('G-3 explicit');
    expect(ask('mail', 'web')).toMatchObject({ sure: ['G-6 any'], perhaps: ['G-2', 'G-3'] });
    expect(ask('mail', 'db').perhaps).toEqual([]);
  });

  test('ports that are not printed are perhaps those asked about', () => {
    expect(ask('web', 'db', { ports: [{ from: 5, to: 5 }] })).toEqual({ sure: [], perhaps: ['G-5'] });
  });

  test('any that may be narrowed names the roles it may be narrowed to; every other role is any', () => {
    expect(ask('db', 'web').sure).toContain('G-6 explicit');
    expect(ask('mail', 'web').sure).toEqual(['G-6 any']);
  });

  test('both ways may begin at the end that is printed', () => {
    expect(ask('post', null).sure).toContain('G-7 explicit');
    expect(ask(null, 'post').sure).toEqual(['G-7 explicit']);
  });
});

test('a rule that several topologies include is found once, with where else it stands', () => {
  const one = { id: 'S-1', source: ['web'], destination: ['db'] };
  const two = new Catalogue([topology('a', [one]), topology('b', [one, { ...one, id: 'S-2' }])], roles);
  const found = two.ask({ from: [], to: [], both: false, ports: [], transport: null, application: [] });
  expect(found.map(({ rule, topology: { id: at }, also }) => [rule.id, at, also.map((other) => other.topology.id)])).toEqual([
    ['S-1', 'a', ['b']],
    ['S-2', 'b', []],
  ]);
});
