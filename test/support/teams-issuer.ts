import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import express from 'express';
import { type Listening, listen } from '../../src/adapters/http/listen.ts';

/** What a token says, beside what follows from when it was made. */
export type Claims = Readonly<Record<string, string | number>>;

/** Whoever vouches for activities: keys of its own, and the documents by which they are found. */
export type Issuer = {
  readonly issuer: string;
  readonly metadataUrl: string;
  /** A signed token; `key` is its own unless another is given. */
  readonly token: (claims: Claims, options?: { readonly key?: KeyObject; readonly header?: Claims }) => string;
  readonly close: Listening['close'];
};

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export function newKey(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 });
}

export async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = newKey();
  const kid = 'test-key';
  let base = '';
  const router = express.Router();
  router.get('/openid', (_request, response) => void response.json({ issuer: 'https://issuer.test', jwks_uri: `${base}keys` }));
  router.get('/keys', (_request, response) => {
    response.json({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', endorsements: ['msteams'] }] });
  });
  const server = await listen([router], '127.0.0.1', 0);
  base = server.url;
  return {
    issuer: 'https://issuer.test',
    metadataUrl: `${base}openid`,
    token(claims, { key = privateKey, header = {} } = {}) {
      const now = Math.floor(Date.now() / 1000);
      const head = part({ alg: 'RS256', typ: 'JWT', kid, ...header });
      const body = part({ iss: 'https://issuer.test', iat: now, nbf: now - 60, exp: now + 3600, ...claims });
      return `${head}.${body}.${createSign('RSA-SHA256').update(`${head}.${body}`).sign(key, 'base64url')}`;
    },
    close: server.close,
  };
}
