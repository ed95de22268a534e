import type { Message } from '../locale.ts';

/** An expected "no": what happened and what to do next, as a text under `refusal.<code>`. */
export type Refusal = { readonly kind: 'refused'; readonly code: string; readonly message: Message };

export function refuse(code: string, params?: Message['params']): Refusal {
  return { kind: 'refused', code, message: { key: `refusal.${code}`, ...(params ? { params } : {}) } };
}
