import { describe, expect, it } from 'vitest';
import { type AnalysisGround, analyse } from '../../src/domain/analysis.ts';
import { type RequestContent, requestContentSchema, requestIdSchema } from '../../src/domain/change-request.ts';
import { content, directory, requestIn } from '../support/request.ts';

const ground: AnalysisGround = { topologies: [], sites: [], policy: directory.policy, others: [] };
const endpoint = (value: string) =>
  value === 'any'
    ? { kind: 'any' }
    : /[a-z]/.test(value)
      ? { kind: 'name', value }
      : { kind: value.includes('/') ? 'prefix' : 'address', value };
function asking(source: string, destination: string, from: number, to = from, kind: RequestContent['kind'] = 'add'): RequestContent {
  const flow = { source: [endpoint(source)], destination: [endpoint(destination)], transport: 'tcp', ports: [{ from, to }], origin: null };
  return requestContentSchema.parse({ ...content, kind, flows: [flow] });
}
const other = (id: string, state: Parameters<typeof requestIn>[0], asked: RequestContent) =>
  requestIn(state, { id: requestIdSchema.parse(id), number: Number(id.slice(4)), content: asked });
const keys = (asked: RequestContent, over: Partial<AnalysisGround> = {}) =>
  analyse(asked, { ...ground, ...over }).findings.map(({ message }) => message.key.replace('finding.', ''));

describe('what a draft is looked at for', () => {
  it('is covered only by the union of what is in force', () => {
    const lower = other('FCR-2', 'implemented', asking('192.0.2.10', '198.51.100.20', 5000, 5060));
    const upper = other('FCR-3', 'closed', asking('192.0.2.0/24', '198.51.100.20', 5061, 5070));
    const wanted = asking('192.0.2.10', '198.51.100.20', 5050, 5065);
    expect(analyse(wanted, { ...ground, others: [lower, upper] }).covered).toBe(true);
    expect(analyse(wanted, { ...ground, others: [lower] }).covered).toBe(false);
    expect(keys(wanted, { others: [lower] })).toContain('partly-covered');
  });

  it('is no longer covered after a removal', () => {
    const added = other('FCR-2', 'implemented', asking('192.0.2.10', '198.51.100.20', 5061));
    const removed = other('FCR-3', 'implemented', asking('192.0.2.10', '198.51.100.20', 5061, 5061, 'remove'));
    const wanted = asking('192.0.2.10', '198.51.100.20', 5061);
    expect(analyse(wanted, { ...ground, others: [removed, added] }).covered).toBe(false);
  });

  it('names requests on their way that overlap, and what a removal takes away', () => {
    const pending = other('FCR-2', 'in-approval', asking('192.0.2.0/24', '198.51.100.20', 5061));
    expect(keys(asking('192.0.2.10', '198.51.100.20', 5061), { others: [pending] })).toContain('overlap');
    const used = other('FCR-3', 'closed', asking('192.0.2.0/24', '198.51.100.20', 5061));
    expect(keys(asking('192.0.2.10', '198.51.100.20', 5061, 5061, 'remove'), { others: [used] })).toEqual(['removal-breaks']);
  });

  it('is not assessable where a name is not resolved: never "fine"', () => {
    const findings = keys(asking('sip.example.com', '198.51.100.20', 5061));
    expect(findings).toContain('not-assessable');
    expect(findings).not.toContain('nothing-open');
  });

  it.each([
    ['any', '198.51.100.20', 5061, 5061, 'any-source'],
    ['192.0.2.10', 'any', 5061, 5061, 'any-destination'],
    ['192.0.0.0/16', '198.51.100.20', 5061, 5061, 'wide-address'],
    ['192.0.2.10', '198.51.100.20', 5000, 6000, 'wide-ports'],
    ['192.0.2.10', '198.51.100.20', 20, 25, 'risky-service'],
  ])('remarks on %s to %s, %i-%i: %s', (source, destination, from, to, key) => {
    expect(keys(asking(source, destination, from, to))).toContain(key);
  });

  it('remarks on nothing but the catalogue for one host to one host', () => {
    expect(keys(asking('192.0.2.10', '198.51.100.20', 5061))).toEqual(['not-in-catalogue', 'nothing-open']);
  });
});
