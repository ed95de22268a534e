import { describe, expect, test } from 'vitest';
import { withIncludes } from '../../src/domain/includes.ts';
import { documentOf, type Topology, topologySchema } from '../../src/domain/rule.ts';

const text = (words: string) => ({ en: words, 'zh-CN': words });
const page = (name: string) => ({ title: text(name), product: 'Any', revised: null, url: `https://example.com/${name}` });

function topology(id: string, rules: readonly string[], more: object = {}): Topology {
  return topologySchema.parse({
    id,
    name: text(id),
    document: page(id),
    rules: rules.map((rule) => ({
      id: rule,
      source: ['edge'],
      destination: ['director'],
      transport: 'tcp',
      ports: '443',
      purpose: text('web'),
      place: text('table'),
    })),
    ...more,
  });
}

/** The rules of the first topology as they are asked: id, page, place. */
function askedOf(...topologies: readonly Topology[]): readonly string[] {
  const [whole] = withIncludes(topologies);
  return whole === undefined ? [] : whole.rules.map((rule) => `${rule.id} ${documentOf(whole, rule).title.en} ${rule.place.en}`);
}

describe('a topology that includes another', () => {
  test('has all its rules after its own, each cited from where it stands', () => {
    const first = topology('first', ['A-1'], { includes: [{ topology: 'second' }] });
    expect(askedOf(first, topology('second', ['B-1', 'B-2']))).toEqual(['A-1 first table', 'B-1 second table', 'B-2 second table']);
  });

  test('has only those it names, without those it excepts', () => {
    const first = topology('first', ['A-1'], { includes: [{ topology: 'second', rules: ['B-1', 'B-2'], except: ['B-2'] }] });
    expect(askedOf(first, topology('second', ['B-1', 'B-2', 'B-3']))).toEqual(['A-1 first table', 'B-1 second table']);
  });

  test('cites them from its own document where that says the same', () => {
    const first = topology('first', ['A-1'], { includes: [{ topology: 'second', stated_here: true, place: text('introduction') }] });
    expect(askedOf(first, topology('second', ['B-1']))).toEqual(['A-1 first table', 'B-1 first introduction']);
  });

  test('has what that one includes in turn, and a rule that comes by two ways once', () => {
    const first = topology('first', ['A-1'], { includes: [{ topology: 'second' }, { topology: 'third' }] });
    const second = topology('second', ['B-1'], { includes: [{ topology: 'third' }] });
    expect(askedOf(first, second, topology('third', ['C-1']))).toEqual(['A-1 first table', 'B-1 second table', 'C-1 third table']);
  });

  test('keeps the further document a rule is cited from', () => {
    const second = topology('second', ['B-1'], { further_documents: [{ id: 'more', ...page('more') }] });
    const cited = { ...second, rules: second.rules.map((rule) => ({ ...rule, document: 'more' })) };
    expect(askedOf(topology('first', ['A-1'], { includes: [{ topology: 'second' }] }), cited)).toEqual([
      'A-1 first table',
      'B-1 more table',
    ]);
  });
});
