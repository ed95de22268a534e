import type { RoleId } from '../domain/role.ts';
import type { TopologyId } from '../domain/rule.ts';
import type { PortRange, Transport } from '../domain/service.ts';
import type { SiteId } from '../domain/site.ts';

/** How a question was read. Empty lists mean "not said". */
export type Reading = {
  readonly from: readonly RoleId[];
  readonly to: readonly RoleId[];
  readonly both: boolean;
  readonly ports: readonly PortRange[];
  readonly transport: Transport | null;
  /** Topic ids: applications, protections and purposes alike. */
  readonly application: readonly string[];
  /** Those of `application` that are protections: MTLS, TLS. */
  readonly security: readonly string[];
  /** Named in the question itself. Empty: whichever are active. */
  readonly topologies: readonly TopologyId[];
  readonly sites: readonly SiteId[];
  /** Addresses and prefixes named at an end, in canonical text. An end may have addresses, roles or both. */
  readonly addresses: { readonly from: readonly string[]; readonly to: readonly string[] };
};

export const nothingSaid: Reading = {
  from: [],
  to: [],
  both: false,
  ports: [],
  transport: null,
  application: [],
  security: [],
  topologies: [],
  sites: [],
  addresses: { from: [], to: [] },
};

/** A word that was taken for another: shown in the answer. */
export type Correction = { readonly typed: string; readonly read: RoleId };

/** What is wanted of the rules: themselves, how many, whether there are any, what for, or what stops when they are closed. */
export type Aspect = 'list' | 'count' | 'exists' | 'why' | 'breaks';

/** One way to read a text, as a question that can be read in no other. */
export type Choice = { readonly question: string };

/** What a text wants. Everything that is not a question of the catalogue leads elsewhere. */
export type Intent =
  | { readonly kind: 'ports' | 'check'; readonly aspect: Aspect; readonly reading: Reading; readonly corrections: readonly Correction[] }
  /** How topologies differ, in what `reading` names of them or in all. Two topologies at least. */
  | { readonly kind: 'compare'; readonly topologies: readonly TopologyId[]; readonly reading: Reading }
  /** Several questions in one message, each with its own text, in their order. */
  | { readonly kind: 'several'; readonly questions: readonly { readonly text: string; readonly intent: Intent }[] }
  /** May be read in two ways or more: what was typed of it, and each way as a question in the asker's words. */
  | { readonly kind: 'ambiguous'; readonly words: string; readonly choices: readonly Choice[] }
  /** Rule ids as asked for; one of them may not exist. */
  | { readonly kind: 'rule'; readonly rules: readonly string[] }
  | {
      readonly kind: 'unknown-role';
      readonly words: readonly string[];
      readonly reading: Reading;
      readonly corrections: readonly Correction[];
    }
  | { readonly kind: 'invalid'; readonly what: string }
  /**
   * `because`: what can't be answered is understood: something is left out ("except 5061"), what is closed is asked
   * for ("which ports are not open"), or it follows on nothing ("and the other way?").
   */
  | { readonly kind: 'not-understood'; readonly because: 'leaves-out' | 'asks-closed' | 'follows-nothing' | null }
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
