import type { Request, RequestHandler } from 'express';

const safeMethods = new Set(['GET', 'HEAD']);
const headers = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
} as const;

/**
 * Keeps the local page local: in local mode anyone who reaches it may act as anyone. Lets through what comes from this
 * machine, asks for a loopback name (another `Host` is a rebound DNS name), and was not sent by a page of another origin.
 */
export const guard: RequestHandler = (request, response, next) => {
  response.set(headers);
  const refusal = refuse(request);
  if (refusal === null) return next();
  response.status(403).json({ error: refusal });
};

function refuse(request: Request): string | null {
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (!isLoopback(request.socket.remoteAddress)) return 'The local page is served to this machine alone.';
  if (host === undefined || !loopbackHosts(request.socket.localPort).includes(host.toLowerCase()))
    return 'The local page answers to 127.0.0.1 and localhost alone.';
  if (origin !== undefined && origin !== `http://${host}`) return 'That came from another origin.';
  if (site !== undefined && site !== 'same-origin' && !opensThePage(request)) return `That came from another site (${site}).`;
  if (!safeMethods.has(request.method) && origin === undefined && site === undefined) return 'A change needs an Origin.';
  return null;
}

/** A typed address or a link on another page may open this one; what such a page fetches, posts or embeds is refused. */
function opensThePage(request: Request): boolean {
  return request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document';
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (/^(::ffff:)?127\./.test(address) || address === '::1');
}

function loopbackHosts(port: number | undefined): readonly string[] {
  const names = ['127.0.0.1', 'localhost', '[::1]'];
  return port === 80 ? names.flatMap((name) => [name, `${name}:80`]) : names.map((name) => `${name}:${port}`);
}
