import type { Gap, Rule } from '../domain/rule.ts';
import type { PortRange, Transport } from '../domain/service.ts';
import type { LocalText, Message } from '../locale.ts';

/** Which of a role's addresses a page means. */
export type AddressKind = NonNullable<Rule['source_as']>;

/** A role in a draft. `printed` is what the page says where no role of the data is called so: its id is then made up, and no role has it. */
export type DraftRole = { readonly id: string; readonly printed: string | null };

/** A rule as drafted: what the row says, and in `gaps` what it does not say, or not so that it was understood. */
export type DraftRule = {
  readonly id: string;
  readonly line: number;
  readonly role: DraftRole | null;
  readonly source: readonly DraftRole[];
  readonly source_may_be: readonly DraftRole[];
  readonly source_as: AddressKind | null;
  readonly source_ports: readonly PortRange[];
  readonly destination: readonly DraftRole[];
  readonly destination_may_be: readonly DraftRole[];
  readonly destination_as: AddressKind | null;
  readonly via: string | null;
  readonly transport: Transport | null;
  readonly ports: readonly PortRange[];
  readonly application: string | null;
  readonly security: string | null;
  readonly purpose: LocalText;
  readonly place: LocalText;
  readonly gaps: readonly Gap[];
  readonly notes: readonly LocalText[];
};

/** Something a person should know or look at. `gap`: the draft is not complete without them. `line` is null for the whole file. */
export type Remark = { readonly kind: 'read' | 'gap'; readonly line: number | null; readonly message: Message };

/** A message's text in every language, for what a draft says in words of its own. */
export type InBoth = (message: Message) => LocalText;
