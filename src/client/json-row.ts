import type { AnyLink } from '../schema/relations/related-table.ts';

/** A value as JSON has it: 64-bit numbers, moments and bytes are text. */
export type JsonValue<Value> = Value extends bigint | Date | Uint8Array
  ? string
  : Value extends readonly (infer Item)[]
    ? JsonValue<Item>[]
    : Value;

/** A row, or what is written of one, as JSON has it. */
export type JsonRow<Row> = { readonly [K in keyof Row]: JsonValue<Row[K]> };

/** Which relations come along: `{ books: { tags: true } }`. */
export type JsonInclude<Links> = {
  readonly [N in keyof Links]?:
    | true
    | (Links[N] extends AnyLink ? JsonInclude<Links[N]['target']['$relations']> : never);
};

/** `I` with what is not there made an error: a type parameter lets surplus members pass. */
export type KnownInclude<Links, I> = {
  readonly [N in keyof I]: N extends keyof Links
    ? I[N] extends object
      ? Links[N] extends AnyLink
        ? KnownInclude<Links[N]['target']['$relations'], I[N]>
        : never
      : I[N]
    : never;
};

/** Nothing comes along. */
export type NoInclude = Readonly<Record<never, never>>;

/** The related rows of a row, by the names of their relations. */
export type JsonIncluded<Links, I> = {
  readonly [N in keyof I & keyof Links]: Links[N] extends AnyLink ? IncludedValue<Links[N], I[N]> : never;
};

type IncludedValue<L extends AnyLink, I> = L['kind'] extends 'many'
  ? readonly IncludedRow<L['target'], I>[]
  : L['kind'] extends 'one'
    ? IncludedRow<L['target'], I>
    : IncludedRow<L['target'], I> | null;

type IncludedRow<T extends AnyLink['target'], I> = JsonRow<T['$row']> &
  (I extends object ? JsonIncluded<T['$relations'], I> : unknown);
