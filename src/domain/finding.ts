import type { MessageParam } from '../locale.ts';
import type { Finding } from './change-request.ts';

/** A finding worded under `finding.<key>`. */
export function finding(severity: Finding['severity'], key: string, params: Readonly<Record<string, MessageParam>> = {}): Finding {
  return { severity, message: { key: `finding.${key}`, params } };
}
