import { createHmac } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { type ContentHash, contentHashSchema, type RequestContent } from './change-request.ts';

/** HMAC-SHA256 of the canonical content under the request's salt (base64), so that nobody can guess addresses from it. */
export function contentHash(content: RequestContent, salt: string): ContentHash {
  return contentHashSchema.parse(createHmac('sha256', Buffer.from(salt, 'base64')).update(canonicalJson(content)).digest('hex'));
}
