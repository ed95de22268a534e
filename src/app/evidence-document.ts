/** A document of plain texts. Whoever renders it escapes them; nothing in it is markup. */
export type EvidenceDocument = { readonly locale: string; readonly title: string; readonly blocks: readonly Block[] };

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  /** `marks`: whether a row is there or missing, told by colour and sign where that can be shown; beside the rows, or null. */
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly marks: readonly boolean[] | null;
    }
  | { readonly kind: 'code'; readonly text: string };
