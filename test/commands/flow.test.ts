import { describe, expect, test } from 'vitest';
import { flowCommand } from '../../src/commands/flow.ts';
import type { ChangeRequest } from '../../src/domain/change-request.ts';
import { loadTestKnowledge } from '../support/knowledge.ts';
import { sampleRequest } from '../support/store-samples.ts';

async function run(from: string, to: string, service: string, requests: readonly ChangeRequest[] = [], json = true) {
  const out: string[] = [];
  const err: string[] = [];
  const store = { requests: () => Promise.resolve(requests) };
  const parts = { from, to, service, json, reader: { locale: 'en', zone: 'UTC' } as const, store, knowledge: loadTestKnowledge() };
  const code = await flowCommand({ ...parts, write: (line) => out.push(line), fail: (line) => err.push(line) });
  return { code, out, err, result: json && code === 0 ? JSON.parse(out.join('\n')) : null };
}

describe('flow', () => {
  test('is covered by the rule whose roles have these addresses', async () => {
    const { result } = await run('192.0.2.10', '198.51.100.20', '5061/tcp');
    expect(result).toMatchObject({ covered: 'yes', by_catalogue: 'yes', by_requests: 'no', requests: [], remaining: [] });
    expect(result.rules).toEqual([
      { id: 'DIR-6', topology: 'lync-2013-director-dns-hlb', match: 'explicit', from: 'site-a', to: 'site-a' },
    ]);
  });

  test('through any is told apart', async () => {
    const { result } = await run('203.0.113.9', '198.51.100.20', '50002/tcp');
    expect(result).toMatchObject({ covered: 'yes', rules: [{ id: 'DIR-8', match: 'any', from: null, to: 'site-a' }] });
    const { out } = await run('203.0.113.9', '198.51.100.20', '50002/tcp', [], false);
    expect(out).toEqual(['Covered: 203.0.113.9 -> 198.51.100.20 : 50002/tcp.', 'By rules that are open to any: DIR-8 (site-a).']);
  });

  test('is covered in part, and what remains is said so that it can be typed again', async () => {
    const { result } = await run('192.0.2.10', '198.51.100.20', '5060-5062/tcp');
    expect(result).toMatchObject({
      covered: 'partly',
      remaining: ['192.0.2.10 -> 198.51.100.20 : 5060/tcp', '192.0.2.10 -> 198.51.100.20 : 5062/tcp'],
    });
  });

  test('the wrong way, or over the VIP where the rule goes to the servers, is not covered', async () => {
    expect((await run('198.51.100.33', '198.51.100.20', '444/tcp')).result).toMatchObject({ covered: 'no', rules: [] });
    expect((await run('192.0.2.10', '198.51.100.19', '5061/tcp')).result).toMatchObject({ covered: 'no', rules: [] });
    expect((await run('192.0.2.20', '198.51.100.19', '4443/tcp')).result).toMatchObject({ covered: 'yes', rules: [{ id: 'DIR-2' }] });
  });

  test('counts requests that were agreed to, and none that were not', async () => {
    const open = {
      source: [{ kind: 'address' as const, value: '10.1.1.1' }],
      destination: [{ kind: 'prefix' as const, value: '10.2.0.0/24' }],
    };
    const flow = { ...open, transport: 'tcp' as const, ports: [{ from: 8443, to: 8443 }], origin: null };
    const sample = sampleRequest(1, 1);
    const request = (number: number, state: ChangeRequest['state'], kind: 'add' | 'remove'): ChangeRequest => ({
      ...sample,
      number,
      state,
      content: { ...sample.content, kind, flows: [flow] },
    });
    const asked = ['10.1.1.1', '10.2.0.9', '8443/tcp'] as const;
    expect((await run(...asked, [request(1, 'in-approval', 'add')])).result).toMatchObject({ covered: 'no', requests: [] });
    expect((await run(...asked, [request(1, 'approved', 'add')])).result).toMatchObject({
      covered: 'yes',
      by_requests: 'yes',
      requests: [{ id: 'FCR-1', state: 'approved' }],
    });
    expect((await run(...asked, [request(1, 'implemented', 'add'), request(2, 'implemented', 'remove')])).result).toMatchObject({
      covered: 'no',
    });
  });

  test('with a name that nobody resolved is not assessable, never fine', async () => {
    const { result } = await run('sip.example.com', '198.51.100.20', '5061/tcp');
    expect(result).toMatchObject({ covered: null, not_assessable: ['sip.example.com'] });
  });

  test.each([
    [
      '10.1.2.7/24',
      '198.51.100.20',
      '5061/tcp',
      '--from 10.1.2.7/24: it has host bits set: the network is 10.1.2.0/24, the host 10.1.2.7/32',
    ],
    ['nowhere', '198.51.100.20', '5061/tcp', '--from nowhere: no address, prefix, range or full name'],
    ['10.1.2.7', '198.51.100.20', '5061', '--service 5061: say whether TCP or UDP, as in 5061/tcp'],
    ['10.1.2.7', '198.51.100.20', '70000/tcp', '--service 70000/tcp: 70000 is not a port: ports are 1 to 65535'],
  ])('%s to %s over %s is refused in one line', async (from, to, service, line) => {
    expect(await run(from, to, service)).toMatchObject({ code: 1, out: [], err: [line] });
  });
});
