import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningWeb, runWeb } from '../../support/web.ts';

const turn = { as: 'engineer', id: 'turn-0001', conversation: 'direct:engineer', thread: null, kind: 'message', text: 'hello' };
const json = { 'content-type': 'application/json' };

describe('the local page', () => {
  let web: RunningWeb;
  let own: Record<string, string>;
  let acted = 0;
  const post = (headers: Record<string, string>, body: string = JSON.stringify(turn)) => web.raw('POST', '/api/turns', headers, body);

  beforeAll(async () => {
    web = await runWeb({
      handleTurn: async () => {
        acted += 1;
        return { cards: [], private: false };
      },
    });
    own = { origin: `http://127.0.0.1:${web.port}`, ...json };
  });
  afterAll(() => web.stop());

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example:3000', '192.0.2.1:3000'])(
    'answers nobody who asks for it as %s',
    async (host) => {
      expect((await web.raw('GET', '/', { host })).status).toBe(403);
      expect((await web.raw('GET', '/api/view?as=engineer', { host })).status).toBe(403);
    },
  );

  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('answers to %s and its port', async (name) => {
    expect((await web.raw('GET', '/', { host: `${name}:${web.port}` })).status).toBe(200);
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['the same machine at another port', { origin: 'http://127.0.0.1:1' }],
    ['another name of this machine', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
    ['another site without an origin', { 'sec-fetch-site': 'cross-site' }],
    ['nowhere', {}],
    ['another site in the right origin', { origin: 'own', 'sec-fetch-site': 'cross-site' }],
  ])('does nothing for a request from %s', async (_, { origin, ...rest }: { origin?: string; [name: string]: string | undefined }) => {
    const before = acted;
    const headers = Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined));
    const from = origin === undefined ? {} : { origin: origin === 'own' ? `http://127.0.0.1:${web.port}` : origin };
    expect((await post({ ...json, ...headers, ...from })).status).toBe(403);
    expect(acted).toBe(before);
  });

  it('lets no page of another site read it', async () => {
    const reads = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
    expect((await web.raw('GET', '/api/view?as=engineer', reads)).status).toBe(403);
    expect((await web.raw('GET', '/api/events?as=engineer', reads)).status).toBe(403);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await web.raw('GET', '/', link)).status).toBe(200);
    expect((await web.raw('GET', '/', { ...link, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
  });

  it('takes a turn from its own page', async () => {
    const before = acted;
    expect((await post(own)).status).toBe(200);
    expect(acted).toBe(before + 1);
  });

  it('takes JSON alone, of a sane size and shape', async () => {
    const before = acted;
    expect((await post({ ...own, 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({ ...own, 'content-type': 'application/x-www-form-urlencoded' }, 'as=engineer')).status).toBe(415);
    expect((await post(own, JSON.stringify({ ...turn, text: 'x'.repeat(100_000) }))).status).toBe(413);
    expect((await post(own, '{')).status).toBe(400);
    expect((await post(own, '"engineer"')).status).toBe(400);
    expect((await post(own, JSON.stringify({ ...turn, id: 'x' }))).status).toBe(400);
    expect((await post(own, JSON.stringify({ ...turn, extra: 1 }))).status).toBe(400);
    expect(acted).toBe(before);
    expect(web.faults).toEqual([]);
  });

  it('lets no script run but its own, and is kept by no cache', async () => {
    const { headers } = await web.raw('GET', '/', {});
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect((await web.raw('GET', '/adaptivecards.js', {})).headers['cache-control']).toBe('no-store');
  });
});
