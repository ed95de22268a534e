import { describe, expect, test } from 'vitest';
import { documentOf, type Gap, type Rule } from '../../../src/domain/rule.ts';
import { loadTestKnowledge } from '../../support/knowledge.ts';

const { topologies } = loadTestKnowledge();
const all = topologies.flatMap(({ rules }) => rules);
const written = [...new Map(all.map((rule) => [rule.id, rule])).values()];

/** A row that prints both TCP and UDP is two rules, as IS-10-TCP and IS-10-UDP. */
const rowOf = ({ id }: Rule): string => id.replace(/-(TCP|UDP)$/, '');
const rowsWhere = (holds: (rule: Rule) => boolean): readonly string[] => [...new Set(written.filter(holds).map(rowOf))].sort();
const rowsNamed = (prefixes: RegExp): readonly string[] => rowsWhere(({ id }) => prefixes.test(id));
const rowsWithout = (gap: Gap): readonly string[] => rowsWhere(({ gaps }) => gaps.includes(gap));

/** Rows of the documents, by how their ids begin. */
const rows: Readonly<Record<string, number>> = {
  ...{ DIR: 9 + 5, DS: 9, DH: 9, ESN: 37, ESP: 37, EDN: 38, EDP: 37, EH: 33, SI: 3, AVF: 8, RP: 5, AD: 4, FED: 10, XMPP: 3, PIC: 6 },
  ...{ IS: 52, HO: 20, HD: 7, CL: 12, HM: 4, IP: 15, SQ: 3, SM: 2, QS: 5, QE: 1, QC: 6, MD: 6, PC: 2, CA: 6, CLS: 3, HY: 7, MO: 1 },
  ...{ SE: 55, SI2: 1, UM: 2 },
};

/** Rules of each topology, those it includes counted. */
const sizes: Readonly<Record<string, number>> = {
  'exchange-2010-unified-messaging': 2,
  'lync-2013-autodiscover': 4,
  'lync-2013-central-logging': 3,
  'lync-2013-clients': 12 + 2,
  'lync-2013-conferencing-applications': 6,
  'lync-2013-director-dns-hlb': 14,
  'lync-2013-director-hlb': 9 + 5,
  'lync-2013-director-single': 9 + 5,
  'lync-2013-edge-av': 8,
  'lync-2013-edge-dns-nat': 38,
  'lync-2013-edge-dns-public': 37,
  'lync-2013-edge-hlb': 33,
  'lync-2013-edge-single-address': 3,
  'lync-2013-edge-single-nat': 37,
  'lync-2013-edge-single-public': 37,
  'lync-2013-federation': 10,
  'lync-2013-hlb-requirements': 4,
  'lync-2013-hybrid': 7,
  'lync-2013-internal-dns-hlb': 7,
  'lync-2013-internal-hlb': 20,
  'lync-2013-internal-servers': 52 + 2 + 20 + 7 + 14,
  'lync-2013-ipsec': 15 + 12,
  'lync-2013-mediation': 6,
  'lync-2013-mobility': 1,
  'lync-2013-persistent-chat': 2,
  'lync-2013-public-im': 6,
  'lync-2013-qos-clients': 6,
  'lync-2013-qos-edge': 1,
  'lync-2013-qos-servers': 5,
  'lync-2013-reverse-proxy': 5,
  'lync-2013-sql-mirroring': 2,
  'lync-2013-sql-server': 3,
  'lync-2013-xmpp-federation': 3,
  'skype-2015-edge': 25,
  'skype-2015-edge-hlb': 30,
  'skype-2015-internal-servers': 1 + (95 - 1) + 27,
};

describe('the whole estate', () => {
  test('has every row of the documents once', () => {
    const found: Record<string, number> = {};
    for (const row of rowsNamed(/./)) {
      const prefix = row.split('-')[0] ?? '';
      found[prefix] = (found[prefix] ?? 0) + 1;
    }
    expect(found).toEqual(rows);
    expect(Object.values(rows).reduce((sum, count) => sum + count, 0)).toBe(463);
  });

  test('stands in topologies, none with a rule twice', () => {
    expect(Object.fromEntries(topologies.map(({ id, rules }) => [id, rules.length]))).toEqual(sizes);
    const distinct = topologies.map(({ id, rules }) => [id, new Set(rules.map((rule) => rule.id)).size]);
    expect(Object.fromEntries(distinct)).toEqual(sizes);
  });

  test('says the same of a rule wherever it is included, but for where it is cited from', () => {
    const bare = ({ document: _document, place: _place, ...rest }: Rule) => rest;
    const firsts = new Map<string, Rule>();
    for (const rule of all) {
      const first = firsts.get(rule.id) ?? rule;
      firsts.set(rule.id, first);
      expect(bare(rule)).toEqual(bare(first));
    }
  });

  test('speaks in both languages, Chinese in Chinese punctuation', () => {
    const texts = topologies.flatMap(({ name, caveat, notes, rules }) => [
      ...[name, ...notes, ...(caveat ? [caveat] : [])],
      ...rules.flatMap(({ purpose, place, doubt, notes }) => [purpose, place, ...notes, ...(doubt ? [doubt] : [])]),
    ]);
    const han = /\p{Script=Han}/u;
    expect(texts.filter((text) => !han.test(text['zh-CN']) || han.test(text.en))).toEqual([]);
    const halfWidth = /\p{Script=Han} ?[,;:?!().]|[,;:?!()] ?\p{Script=Han}/u;
    expect(texts.filter((text) => halfWidth.test(text['zh-CN']))).toEqual([]);
  });

  test('cites every rule from a document with an address', () => {
    const addresses = topologies.flatMap((topology) => topology.rules.map((rule) => documentOf(topology, rule).url));
    expect(addresses.filter((url) => !url.startsWith('https://'))).toEqual([]);
  });
});

describe('what the documents leave out stays visible', () => {
  test('the direction: on the page on internal servers, and where port ranges are configured', () => {
    expect(rowsWithout('direction')).toEqual(rowsNamed(/^(IS|QS|QE|QC)-/));
  });

  test('the source', () => {
    const named = /^H[OD]-(04|07|20)$/;
    const balanced = rowsNamed(/^(HO|HD)-/).filter((row) => !named.test(row) || row === 'HO-04');
    const others = [...rowsNamed(/^(CA|HM|HY|SI|UM)-/), 'SQ-2', 'SQ-3'];
    expect(rowsWithout('source')).toEqual([...balanced, ...others].sort());
  });

  test('the destination', () => {
    expect(rowsWithout('destination')).toEqual(
      [...rowsNamed(/^CL-/), 'HD-06', ...rowsNamed(/^HY-/).filter((row) => row !== 'HY-3')].sort(),
    );
  });

  test('the transport: none is made up, and one that follows from the protocol is marked', () => {
    const unknown = ['FED-10', 'XMPP-03', 'HD-06', 'IS-40', ...rowsNamed(/^(CA|QS|QE|QC)-/)].sort();
    expect(rowsWhere(({ transport }) => transport === null)).toEqual(unknown);
    const followed = rowsWithout('transport').filter((row) => !unknown.includes(row));
    const http = rowsWhere(({ id, application }) => /^(HO|HD)-/.test(id) && ['HTTP', 'HTTPS', 'RPC'].includes(application ?? ''));
    expect(followed).toEqual([...http, 'CL-01', 'CL-12', 'IS-05', 'IS-11', 'IS-12', 'IS-14', 'IS-19', 'IS-44'].sort());
  });

  test('the ports', () => {
    expect(rowsWithout('ports')).toEqual(['HD-06', 'SQ-3']);
    expect(rowsWhere(({ ports }) => ports.length === 0)).toEqual(['HD-06', 'SQ-3']);
    expect(rowsWithout('source-ports')).toEqual(['IP-15']);
  });

  test('a row that seems wrong says what it prints, and why that is doubted', () => {
    const doubted = ['DS-07', 'DS-08', 'DS-09', 'ESP-09', 'AD-03', 'AD-04', 'FED-05', 'FED-06', 'FED-07', 'FED-10', 'XMPP-03', 'PIC-04'];
    const more = ['PIC-05', 'PIC-06', 'HD-06', 'CL-06', 'SI2-01', 'QE-1', 'CA-6'];
    expect(rowsWhere(({ doubt }) => doubt !== null)).toEqual([...doubted, ...more].sort());
    expect(written.find(({ id }) => id === 'DS-07')?.destination).toEqual(['edge-internal']);
  });
});

test('exceptions from IPsec open nothing', () => {
  expect(rowsWhere(({ effect }) => effect === 'bypass-ipsec')).toEqual(rowsNamed(/^IP-/));
});

describe('pages that complete each other', () => {
  const topology = (id: string) => {
    const found = topologies.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`no topology ${id}`);
    return found;
  };
  const cited = (id: string, rule: string) => {
    const whole = topology(id);
    const found = whole.rules.find((candidate) => candidate.id === rule);
    return found && [documentOf(whole, found).title.en, found.place.en];
  };

  test.each([
    ['lync-2013-director-dns-hlb', 'Port summary - DNS and HLB load balanced'],
    ['lync-2013-director-single', 'Port summary - Single Director'],
    ['lync-2013-director-hlb', 'Port summary - Scaled Director pool, hardware load balancer'],
  ])('%s has what its introduction says, from its own page', (id, title) => {
    for (const rule of ['DIR-P1', 'DIR-P2', 'DIR-P3', 'DIR-P4', 'DIR-P5']) expect(cited(id, rule)).toEqual([title, 'introduction']);
  });

  test('the page on internal servers has its tables for load balancers and clients', () => {
    const title = 'Ports and protocols for internal servers';
    expect(cited('lync-2013-internal-servers', 'CL-05')).toEqual([title, 'table of client ports, row 5']);
    expect(cited('lync-2013-internal-servers', 'HD-06')).toEqual([title, 'table for hardware beside DNS load balancing, row 6']);
  });

  test('the later page on internal servers says the same of its own, without the row that is blank', () => {
    const id = 'skype-2015-internal-servers';
    expect(cited(id, 'IS-03')?.[0]).toBe('Port and protocol requirements for servers');
    expect(cited(id, 'IP-15')?.[0]).toBe('Port and protocol requirements for servers');
    expect(cited(id, 'HD-06')).toBeUndefined();
  });

  test('a rule from a second page is cited from that one', () => {
    expect(cited('lync-2013-mediation', 'MD-5')?.[0]).toBe('Define additional trunks in Topology Builder');
    expect(cited('lync-2013-mediation', 'MD-1')?.[0]).toBe('Define a Mediation Server in Topology Builder');
  });
});
