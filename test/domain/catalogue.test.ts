import { describe, expect, test } from 'vitest';
import { Catalogue, type RuleQuery } from '../../src/domain/catalogue.ts';
import { type Role, roleSchema } from '../../src/domain/role.ts';
import { type Topology, topologySchema } from '../../src/domain/rule.ts';

const role = (id: string, kind: string, contains: readonly string[] = []): Role =>
  roleSchema.parse({ id, kind, contains, name: { en: id, 'zh-CN': id }, aliases: { en: [], 'zh-CN': [] } });
const roles = [
  role('any', 'any'),
  role('web', 'server', ['web-vip', 'web-inside']),
  role('web-vip', 'vip'),
  role('web-inside', 'interface'),
  role('farm', 'pool', ['node']),
  role('node', 'server'),
  role('client', 'client'),
];

type Line = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
  readonly via?: string;
  readonly transport?: string | null;
};
const topology = (lines: readonly Line[], id = 'sample'): Topology =>
  topologySchema.parse({
    id,
    name: { en: id, 'zh-CN': id },
    document: { title: { en: 'A page', 'zh-CN': '一页' }, product: 'Sample', revised: '2020-01-01', url: 'https://example.com/page' },
    rules: lines.map(({ id: rule, from, to, ports, via, transport }) => ({
      id: rule,
      source: from.split('|'),
      destination: to.split('|'),
      via: via ?? null,
      transport: transport === undefined ? 'tcp' : transport,
      ports,
      gaps: [...(transport === null ? ['transport'] : []), ...(ports === '' ? ['ports'] : [])],
      application: null,
      security: null,
      purpose: { en: 'x', 'zh-CN': 'x' },
      place: { en: 'row', 'zh-CN': '行' },
    })),
  });

const id = (text: string) => roleSchema.shape.id.parse(text);
type Asked = {
  readonly from?: string;
  readonly to?: string;
  readonly both?: boolean;
  readonly ports?: RuleQuery['ports'];
  readonly transport?: 'tcp' | 'udp';
};
const lookUp = (catalogue: Catalogue, { from, to, both = false, ports = [], transport }: Asked) =>
  catalogue.lookUp({ from: from ? [id(from)] : [], to: to ? [id(to)] : [], both, ports, transport: transport ?? null, application: [] });
const ask = (catalogue: Catalogue, asked: Asked) => lookUp(catalogue, asked).sure.map(({ rule, match }) => `${rule.id} ${match}`);
const perhaps = (catalogue: Catalogue, asked: Asked) => lookUp(catalogue, asked).perhaps.map(({ rule }) => rule.id);

describe('a catalogue', () => {
  const catalogue = new Catalogue(
    [
      topology([
        { id: 'R-1', from: 'client', to: 'web', via: 'web-vip', ports: '443' },
        { id: 'R-2', from: 'web-inside', to: 'farm', ports: '8000-8100' },
        { id: 'R-3', from: 'any', to: 'web', ports: '22' },
        { id: 'R-4', from: 'node', to: 'any', ports: '53', transport: 'udp' },
        { id: 'R-5', from: 'node', to: 'web', ports: '', transport: null },
      ]),
    ],
    roles,
  );

  test('a role includes its VIP and its interfaces', () => {
    expect(ask(catalogue, { from: 'client', to: 'web' })).toEqual(['R-1 explicit', 'R-3 any']);
    expect(ask(catalogue, { from: 'web', to: 'farm' })).toEqual(['R-2 explicit']);
    expect(catalogue.narrow(id('web'))).toEqual(['web']);
  });

  test('a VIP is only what goes to it', () => {
    expect(ask(catalogue, { to: 'web-vip' })).toEqual(['R-1 explicit']);
    expect(ask(catalogue, { from: 'client', to: 'web-vip' })).toEqual(['R-1 explicit']);
    expect(ask(catalogue, { from: 'node', to: 'web-vip' })).toEqual([]);
  });

  test('pool and server are alternatives', () => {
    expect(ask(catalogue, { from: 'web', to: 'node' })).toEqual(['R-2 explicit']);
    expect(ask(catalogue, { from: 'farm', to: 'web' })).toEqual(['R-5 explicit', 'R-3 any', 'R-4 any']);
  });

  test('what is open to any comes apart, and not at all when it is asked who talks to a role', () => {
    expect(ask(catalogue, { from: 'node' })).toEqual(['R-4 explicit', 'R-5 explicit', 'R-3 any']);
    expect(ask(catalogue, { to: 'web' })).toEqual(['R-1 explicit', 'R-3 explicit', 'R-5 explicit']);
    expect(ask(catalogue, { to: 'client' })).toEqual([]);
    expect(ask(catalogue, { from: 'any', to: 'web' })).toEqual(['R-3 explicit']);
    expect(ask(catalogue, { from: 'node', to: 'client' })).toEqual(['R-4 any']);
  });

  test('both ways', () => {
    expect(ask(catalogue, { from: 'node', to: 'web', both: true })).toEqual(['R-2 explicit', 'R-5 explicit', 'R-3 any', 'R-4 any']);
    expect(ask(catalogue, { from: 'client', both: true })).toEqual(['R-1 explicit', 'R-3 any']);
  });

  test('ports are found inside ranges; a rule whose transport is not printed is neither TCP nor UDP for sure', () => {
    expect(ask(catalogue, { ports: [{ from: 8050, to: 8050 }] })).toEqual(['R-2 explicit']);
    expect(ask(catalogue, { ports: [{ from: 1, to: 65535 }], transport: 'udp' })).toEqual(['R-4 explicit']);
    expect(ask(catalogue, { from: 'node', to: 'web', transport: 'udp' })).toEqual(['R-4 any']);
    expect(perhaps(catalogue, { from: 'node', to: 'web', transport: 'udp' })).toEqual(['R-5']);
  });

  test('a role no rule speaks of is not mentioned, its part or pool is', () => {
    expect(['web', 'node', 'farm', 'web-vip'].map((name) => catalogue.mentions(id(name)))).toEqual([true, true, true, true]);
    expect(new Catalogue([topology([{ id: 'R-1', from: 'client', to: 'farm', ports: '1' }])], roles).mentions(id('web'))).toBe(false);
  });

  test('several topologies at once', () => {
    const two = new Catalogue(
      [
        topology([{ id: 'A-1', from: 'client', to: 'web', ports: '1' }], 'a'),
        topology([{ id: 'B-1', from: 'client', to: 'web', ports: '2' }], 'b'),
      ],
      roles,
    );
    expect(ask(two, { from: 'client', to: 'web' })).toEqual(['A-1 explicit', 'B-1 explicit']);
    expect(two.rule('B-1')?.topology.id).toBe('b');
    expect(two.rule('C-1')).toBeNull();
  });

  test('of 100,000 rules is asked without looking at each', () => {
    const lines = Array.from(
      { length: 100_000 },
      (_, at): Line => ({ id: `N-${at}`, from: at === 70_000 ? 'client' : 'node', to: 'web', ports: String(1 + (at % 60_000)) }),
    );
    const [sample] = [topology([{ id: 'N-0', from: 'client', to: 'web', ports: '1' }])];
    const [template] = sample?.rules ?? [];
    if (!sample || !template) throw new Error('no sample');
    const rules = lines.map((line, at) => ({
      ...template,
      id: topologySchema.shape.rules.element.shape.id.parse(line.id),
      source: [id(line.from)],
      ports: [{ from: 1 + (at % 60_000), to: 1 + (at % 60_000) }],
    }));
    const large = new Catalogue([{ ...sample, rules }], roles);
    const start = performance.now();
    for (let round = 0; round < 1000; round++) {
      expect(ask(large, { from: 'client', to: 'web' })).toEqual(['N-70000 explicit']);
      expect(ask(large, { ports: [{ from: 5061, to: 5061 }] })).toEqual(['N-5060 explicit', 'N-65060 explicit']);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('ports as written', () => {
  const ports = (written: unknown) => topologySchema.shape.rules.element.shape.ports.safeParse(written);

  test('are single ports, ranges, lists, or none', () => {
    expect(ports('5061').data).toEqual([{ from: 5061, to: 5061 }]);
    expect(ports('50001-50003').data).toEqual([{ from: 50001, to: 50003 }]);
    expect(ports('80, 443').data).toEqual([
      { from: 80, to: 80 },
      { from: 443, to: 443 },
    ]);
    expect(ports('').data).toEqual([]);
  });

  test.each([
    ['0', '"0" is not a port'],
    ['70000', '"70000" is not a port'],
    ['50003-50001', 'backwards'],
    ['many', '"many" is not a port'],
  ])('%s is refused with the reason', (written, reason) => {
    expect(ports(written).error?.issues[0]?.message).toContain(reason);
  });
});
