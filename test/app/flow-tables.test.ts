import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFlows } from '../../src/app/handlers/flows-validator.ts';
import { contextFor, dialogEnv } from '../support/dialog-env.ts';
import { DialogTalk } from '../support/dialog-talk.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';

const knowledge = loadTestKnowledge();
const env = dialogEnv();

function verdict(text: string, earlier?: string) {
  const context = contextFor(env, { site: 'site-a' });
  return readFlows(text, knowledge, earlier === undefined ? context : { ...context, earlier });
}

/** What was understood, or what is wrong, as it is said. */
function read(text: string): string {
  const said = verdict(text);
  return said.kind === 'accepted' ? said.echo : knowledge.say(said.problem, env.reader);
}

const two = '192.0.2.10 -> 198.51.100.20 : 5061/tcp\n192.0.2.11 -> 198.51.100.20 : 443/tcp';

describe('a table of flows', () => {
  test.each([
    [
      'Markdown',
      '| Source | Destination | Port | Protocol |\n|---|:-:|---|---|\n| 192.0.2.10 | 198.51.100.20 | 5061 | TCP |\n| 192.0.2.11 | 198.51.100.20 | 443 | tcp |',
    ],
    ['commas', 'source,destination,port,protocol\n192.0.2.10,198.51.100.20,5061,tcp\n192.0.2.11,198.51.100.20,443,tcp'],
    ['semicolons', 'Source IP;Dest IP;Service\n192.0.2.10;198.51.100.20;5061/tcp\n192.0.2.11;198.51.100.20;TCP 443'],
    ['tabs', 'From\tTo\tPort/Protocol\n192.0.2.10\t198.51.100.20\t5061/tcp\n192.0.2.11\t198.51.100.20\t443/tcp'],
    ['another order', 'protocol,port,to,from\ntcp,5061,198.51.100.20,192.0.2.10\ntcp,443,198.51.100.20,192.0.2.11'],
    [
      'Chinese headings',
      '序号,源地址,目的地址,协议,端口,备注\n1,192.0.2.10,198.51.100.20,TCP,5061,新池\n2,192.0.2.11,198.51.100.20,TCP,443,新池',
    ],
    ['Traditional headings', '來源;目標;協定;連接埠\n192.0.2.10;198.51.100.20;TCP;5061\n192.0.2.11;198.51.100.20;TCP;443'],
    ['no headings', '192.0.2.10,198.51.100.20,5061/tcp\n192.0.2.11,198.51.100.20,443/tcp'],
    ['no headings, numbered', '1;192.0.2.10;198.51.100.20;tcp;5061;x\n2;192.0.2.11;198.51.100.20;tcp;443;y'],
    ['an action', 'src,dst,service,action\n192.0.2.10,198.51.100.20,5061/tcp,allow\n192.0.2.11,198.51.100.20,443/tcp,Permit'],
    ['full width', '源，目标，端口，协议\n192.0.2.10，198.51.100.20，5061，TCP\n192.0.2.11，198.51.100.20，443，TCP'],
    ['a line of another form', 'src,dst,service\n192.0.2.10,198.51.100.20,5061/tcp\n192.0.2.11 -> 198.51.100.20 : 443/tcp'],
  ])('%s', (_, text) => {
    expect(read(text)).toBe(two);
  });

  test('lists in a cell, quoted or one below the other, and several services', () => {
    expect(read('src,dst,service\n"192.0.2.10, 192.0.2.11","198.51.100.20\n198.51.100.21","443/tcp, 53/udp"\nEdge,Director,TCP/5061')).toBe(
      '192.0.2.10, 192.0.2.11 -> 198.51.100.20, 198.51.100.21 : 443/tcp\n192.0.2.10, 192.0.2.11 -> 198.51.100.20, 198.51.100.21 : 53/udp\n192.0.2.10, 192.0.2.11 -> 198.51.100.20, 198.51.100.21 : 5061/tcp',
    );
    expect(read('src,dst,port,protocol\n192.0.2.10 192.0.2.11,198.51.100.20,53,tcp/udp')).toBe(
      '192.0.2.10, 192.0.2.11 -> 198.51.100.20 : 53/tcp\n192.0.2.10, 192.0.2.11 -> 198.51.100.20 : 53/udp',
    );
  });

  test.each([
    ['10.1.2.7/24,198.51.100.20,443,tcp', 'host bits'],
    ['192.0.2.10,198.51.100.20,0,tcp', '0 is not a port'],
    ['192.0.2.10,198.51.100.20,70000,tcp', '70000 is not a port'],
    ['192.0.2.10,2001:db8::1,443,tcp', 'IPv4 and IPv6'],
    ['192.0.2.10,mailserver,443,tcp', '“mailserver” is not an address'],
    ['192.0.2.10,198.51.100.20,443,sctp', '“443/sctp” is not a service'],
    ['192.0.2.10,198.51.100.20,443,', 'Is 443 TCP or UDP?'],
    ['192.0.2.10,198.51.100.20,,tcp', 'Which service?'],
    [',198.51.100.20,443,tcp', 'From where?'],
    ['192.0.2.10,,443,tcp', 'To where?'],
  ])('%s is named with its number', (line, why) => {
    const said = read(`src,dst,port,protocol\n192.0.2.10,198.51.100.20,5061,tcp\n${line}`);
    expect(said).toContain('1 of 2 lines can be used.');
    expect(said).toContain(`Line 2 (${line}): `);
    expect(said).toContain(why);
  });

  test('what denies is no request, and a column without a place in a flow is said', () => {
    expect(read('src,dst,service,action\n192.0.2.10,198.51.100.20,443/tcp,deny\n192.0.2.10,198.51.100.20,80/tcp,allow')).toContain(
      'it can’t deny',
    );
    const said = verdict('src,dst,service,zone,source port\n192.0.2.10,198.51.100.20,443/tcp,dmz,1024');
    expect(said.kind === 'accepted' && said.notices).toEqual([{ key: 'dialog.note.columns', params: { columns: 'zone, source port' } }]);
  });

  test('the same flow twice is one, and that is said', () => {
    const said = verdict('src,dst,service\n192.0.2.10,198.51.100.20,443/tcp\n192.0.2.10/32,198.51.100.20,TCP 443');
    expect(said).toMatchObject({ kind: 'accepted', echo: '192.0.2.10 -> 198.51.100.20 : 443/tcp' });
    expect(said.kind === 'accepted' && said.notices).toEqual([{ key: 'dialog.note.same-flow', params: { lines: '2' } }]);
  });

  test('200 lines are taken, 201 are told apart', () => {
    const lines = (count: number) =>
      `src,dst,service\n${Array.from({ length: count }, (_, i) => `10.0.0.${i + 1},198.51.100.20,443/tcp`).join('\n')}`;
    expect(read(lines(200))).toBe('200 flows');
    expect(read(lines(201))).toContain('At most 200 lines in one request; this has 201.');
  });

  test('where only TCP or UDP is missing, one press says it for all', () => {
    const talk = new DialogTalk('request-rule').say('other', 'src,dst,port\n192.0.2.10,198.51.100.20,443\n192.0.2.44,198.51.100.20,44');
    expect(talk.press('TCP').echo('flows')).toBe('192.0.2.10 -> 198.51.100.20 : 443/tcp\n192.0.2.44 -> 198.51.100.20 : 44/tcp');
  });
});

describe('bad lines of a table', () => {
  const table =
    'port,protocol,src,dst\n443,tcp,192.0.2.10,198.51.100.20\n0,tcp,192.0.2.11,198.51.100.20\n444,tcp,10.1.2.7/24,198.51.100.20\n445,tcp,192.0.2.13,198.51.100.20';
  const begun = () => new DialogTalk('request-rule').say('other', table);

  test('are left out at a press', () => {
    expect(begun().press('Leave out these 2 lines').echo('flows')).toBe(
      '192.0.2.10 -> 198.51.100.20 : 443/tcp\n192.0.2.13 -> 198.51.100.20 : 445/tcp',
    );
  });

  test('are sent again in the table’s own order, one after the other, and the good ones stay', () => {
    const talk = begun().say('446,tcp,192.0.2.11,198.51.100.20\n444,tcp,10.1.2.7/24,198.51.100.20');
    expect(talk.card.summary).toContain('3 of 4 lines can be used.');
    talk.say('192.0.2.12 -> 198.51.100.20 : 444/tcp');
    expect(talk.echo('flows')).toBe('4 flows');
    expect(talk.notices).toEqual(['dialog.note.lines-added']);
    expect(JSON.stringify(talk.state.answers['flows']?.value)).toContain('192.0.2.12');
  });

  test('a whole table sent again takes the place of the first', () => {
    const talk = begun().say(
      'port,protocol,src,dst\n443,tcp,192.0.2.1,198.51.100.20\n443,tcp,192.0.2.2,198.51.100.20\n443,tcp,192.0.2.3,198.51.100.20',
    );
    expect(talk.echo('flows')).toBe(
      '192.0.2.1 -> 198.51.100.20 : 443/tcp\n192.0.2.2 -> 198.51.100.20 : 443/tcp\n192.0.2.3 -> 198.51.100.20 : 443/tcp',
    );
  });

  test('something else said in between loses nothing', () => {
    const talk = begun().say('hm, let me see');
    expect(talk.problem).toBe('field-error.flow-shape');
    expect(talk.buttons).toContain('Leave out these 2 lines');
    expect(JSON.stringify(talk.state.at)).toContain('445,tcp,192.0.2.13');
  });

  test('a fix for the first is offered, and keeps the others', () => {
    const talk = new DialogTalk('request-rule').say(
      'other',
      'src,dst,service\n10.1.2.7/24,198.51.100.20,443/tcp\n192.0.2.10,198.51.100.20,443/tcp',
    );
    expect(talk.press('10.1.2.0/24').echo('flows')).toBe('10.1.2.0/24 -> 198.51.100.20 : 443/tcp\n192.0.2.10 -> 198.51.100.20 : 443/tcp');
  });
});

test('whatever is pasted is read or turned down, and what is taken is read again alike', () => {
  const cell = fc.constantFrom(
    '192.0.2.10',
    'Edge',
    'Director',
    '443',
    'tcp',
    '443/tcp',
    '10.1.2.7/24',
    '"a',
    '"b, c"',
    '',
    '-',
    'any',
    '源',
    '目标',
    '端口',
    '->',
    'source',
    'destination',
    'port',
  );
  const row = fc
    .tuple(fc.array(cell, { maxLength: 6 }), fc.constantFrom(',', ';', '\t', '|', ' | '))
    .map(([cells, apart]) => cells.join(apart));
  const paste = fc.oneof(
    fc.array(row, { maxLength: 12 }).map((rows) => rows.join('\n')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  fc.assert(
    fc.property(paste, paste, (first, second) => {
      const said = verdict(first);
      if (said.kind === 'accepted') expect(verdict(said.raw ?? first)).toMatchObject({ kind: 'accepted', value: said.value });
      const next = verdict(second, first);
      if (next.kind === 'accepted') expect(verdict(next.raw ?? second)).toMatchObject({ kind: 'accepted', value: next.value });
    }),
    { numRuns: 400 },
  );
});
