import type { RoleId } from '../domain/role.ts';
import type { PortRange, Transport } from '../domain/service.ts';

/** How a question was read. Empty lists mean "not said". */
export type Reading = {
  readonly from: readonly RoleId[];
  readonly to: readonly RoleId[];
  readonly both: boolean;
  readonly ports: readonly PortRange[];
  readonly transport: Transport | null;
  /** Topic ids: an application, a protection or a purpose. */
  readonly application: readonly string[];
};

/** A word that was taken for another: shown in the answer. */
export type Correction = { readonly typed: string; readonly read: RoleId };

/** What a text wants. Everything that is not a question of the catalogue leads elsewhere. */
export type Intent =
  | { readonly kind: 'ports'; readonly reading: Reading; readonly corrections: readonly Correction[] }
  | { readonly kind: 'check'; readonly reading: Reading; readonly corrections: readonly Correction[] }
  /** Rule ids as asked for; one of them may not exist. */
  | { readonly kind: 'rule'; readonly rules: readonly string[] }
  | {
      readonly kind: 'unknown-role';
      readonly words: readonly string[];
      readonly reading: Reading;
      readonly corrections: readonly Correction[];
    }
  | { readonly kind: 'invalid'; readonly what: string }
  | { readonly kind: 'not-understood' }
  /** "request these ports", "open 5061 from edge to director", "remove …" */
  | { readonly kind: 'request'; readonly remove: boolean; readonly reading: Reading; readonly rules: readonly string[] }
  /** "status", "FCR-12", "my requests"; `request` is the id as FCR-12, or null for all. */
  | { readonly kind: 'status'; readonly request: string | null }
  /** "approve FCR-12 fine by me" */
  | {
      readonly kind: 'decide';
      readonly decision: 'approve' | 'reject' | 'send-back' | 'withdraw' | 'take-back' | 'ask';
      readonly request: string | null;
      readonly comment: string | null;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'greeting' };
