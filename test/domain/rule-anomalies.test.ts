import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rolesFileSchema } from '../../src/domain/role.ts';
import { RoleTree } from '../../src/domain/role-tree.ts';
import { type Rule, ruleSchema, type Topology, topologySchema } from '../../src/domain/rule.ts';
import { findAnomalies } from '../../src/domain/rule-anomalies.ts';

const role = (id: string, kind: string, contains: readonly string[] = []) => ({
  id,
  kind,
  name: { en: id, 'zh-CN': id },
  aliases: { en: [], 'zh-CN': [] },
  contains,
});
const { roles } = rolesFileSchema.parse({
  roles: [
    role('any', 'any'),
    role('pool', 'pool', ['server', 'vip']),
    role('server', 'server'),
    role('vip', 'vip'),
    role('edge', 'server', ['edge-internal']),
    role('edge-internal', 'interface'),
    role('client', 'client'),
  ],
});
const tree = new RoleTree(roles);
const text = { en: 'x', 'zh-CN': 'x' };

/** "edge|client -> pool@vip tcp 443" */
function rule(id: string, written: string, more: object = {}): Rule {
  const [source = '', , target = '', transport = '', ports = ''] = written.split(' ');
  const [destination = '', via = null] = target.split('@');
  const ends = { source: source.split('|'), destination: destination.split('|'), via };
  return ruleSchema.parse({ id, ...ends, transport, ports, purpose: text, place: text, ...more });
}

function topology(id: string, rules: readonly Rule[]): Topology {
  const document = { title: text, product: 'x', revised: null, url: 'https://example.com' };
  return {
    ...topologySchema.parse({ id, name: text, document, rules: [{ ...rules[0], ports: '1', source_ports: '' }] }),
    rules: [...rules],
  };
}

function between(first: string, second: string): readonly string[] {
  const { found } = findAnomalies([topology('t', [rule('A-1', first), rule('B-1', second)])], tree);
  return found.map(({ kind, rules }) => `${kind} ${rules.join(' ')}`);
}

describe('two rules without order that only allow', () => {
  test.each([
    ['client -> pool tcp 443', 'client -> pool tcp 443', ['duplicate A-1 B-1']],
    ['client|edge -> pool tcp 443', 'edge|client -> pool tcp 443', ['duplicate A-1 B-1']],
    ['client -> pool tcp 443', 'any -> pool tcp 443', ['subset A-1 B-1']],
    ['edge -> pool tcp 440-450', 'edge-internal -> server tcp 443', ['subset B-1 A-1']],
    ['client -> pool@vip tcp 443', 'client -> pool tcp 443', ['subset A-1 B-1']],
    ['client -> pool@vip tcp 443', 'client -> server tcp 443', []],
    ['client -> pool tcp 440-450', 'client -> pool tcp 445-460', ['overlap A-1 B-1']],
    ['any -> pool tcp 443', 'client -> any tcp 443', ['overlap A-1 B-1']],
    ['any -> server tcp 443', 'server -> any tcp 443', []],
    ['client -> pool tcp 53', 'client -> pool udp 53', ['other-transport A-1 B-1']],
    ['client -> pool tcp 53-54', 'client -> pool udp 53', []],
    ['client -> pool tcp 443', 'client -> pool tcp 444', []],
    ['client -> pool tcp 443', 'pool -> client tcp 443', []],
    ['client -> pool tcp 443', 'edge -> pool tcp 443', []],
  ])('%s beside %s', (first, second, expected) => expect(between(first, second)).toEqual(expected));
});

test('a pair is found once, with every topology that has both, and with what differs', () => {
  const [first, second] = [rule('A-1', 'client -> pool tcp 443', { application: 'HTTPS' }), rule('A-2', 'client -> pool tcp 443')];
  const { found } = findAnomalies([topology('one', [first, second]), topology('two', [second, first]), topology('three', [first])], tree);
  expect(found).toEqual([
    {
      kind: 'duplicate',
      rules: ['A-1', 'A-2'],
      topologies: ['one', 'two'],
      transport: 'tcp',
      ports: [{ from: 443, to: 443 }],
      differs: ['application'],
    },
  ]);
});

test('rules that leave open what a comparison takes are named and compared with nothing', () => {
  const open = ruleSchema.parse({
    ...rule('A-1', 'client -> pool tcp 443'),
    ports: '',
    source_ports: '',
    transport: null,
    gaps: ['ports', 'transport'],
  });
  const { found, notCompared } = findAnomalies([topology('t', [rule('B-1', 'client -> pool tcp 443'), open])], tree);
  expect({ found, notCompared }).toEqual({ found: [], notCompared: ['A-1'] });
});

test('what one allows, asked flow by flow, is what the relation says', () => {
  const ids = roles.map(({ id }) => id);
  const parts = (id: string): readonly string[] => {
    if (id === 'any') return ids.filter((one) => one !== 'any');
    return [id, ...roles.filter((one) => one.id === id).flatMap(({ contains }) => contains.flatMap(parts))];
  };
  const flows = ({ source, destination, via, ports }: Rule): ReadonlySet<string> =>
    new Set(
      source.flatMap((from) =>
        (via === null ? destination : [via]).flatMap((to) =>
          parts(from).flatMap((a) =>
            parts(to).flatMap((b) =>
              ports.flatMap((p) => Array.from({ length: p.to - p.from + 1 }, (_, at) => `${a} ${b} ${p.from + at}`)),
            ),
          ),
        ),
      ),
    );
  const leaf = fc.constantFrom('server', 'edge-internal', 'client', 'pool', 'edge', 'any');
  const written = fc
    .tuple(leaf, leaf, fc.constantFrom('1', '1-2', '2-3', '1-3'))
    .map(([from, to, ports]) => `${from} -> ${to} tcp ${ports}`);
  fc.assert(
    fc.property(written, written, (first, second) => {
      const [one, other] = [flows(rule('A-1', first)), flows(rule('B-1', second))];
      const said = between(first, second)[0] ?? 'none';
      const inside = [...one].every((flow) => other.has(flow));
      const outside = [...other].every((flow) => one.has(flow));
      if (inside && outside && first.includes('any') === second.includes('any')) expect(said).toBe('duplicate A-1 B-1');
      else if (said.startsWith('subset A-1')) expect(inside).toBe(true);
      else if (said.startsWith('subset B-1')) expect(outside).toBe(true);
      else if (said === 'none')
        expect([...one].filter((flow) => other.has(flow) && flow.split(' ')[0] !== flow.split(' ')[1] && !within(flow))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

/** What a role says to a part of itself, or the other way round. */
function within(flow: string): boolean {
  const [from = '', to = ''] = flow.split(' ');
  return roles.some(({ id, contains }) => [from, to].every((end) => end === id || contains.some((part) => part === end)));
}
