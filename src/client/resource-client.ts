import type { ClientFilter } from './client-filter.ts';
import type { JsonInclude, JsonIncluded, KnownInclude, NoInclude } from './json-row.ts';
import type { ProblemError } from './problem-error.ts';
import type { CallOptions } from './send.ts';

/** The value of a key; of a composite one, its values in the order of the path. */
export type ClientKey = string | number | readonly (string | number)[];

/** What a read takes. */
export interface ClientReadOptions<Links, I> extends CallOptions {
  /** Related rows to bring along, where the resource allows it. */
  readonly include?: (I & KnownInclude<Links, I>) | undefined;
}

/** Which rows, in which order, and how many. */
export interface ClientListOptions<Row, Links, I> extends ClientReadOptions<Links, I> {
  readonly where?: ClientFilter<Row> | undefined;
  readonly order?: readonly (Extract<keyof Row, string> | `-${Extract<keyof Row, string>}`)[] | undefined;
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly offset?: number | undefined;
  /** Text to find, where the resource searches. */
  readonly q?: string | undefined;
  /** Asks for the number of all rows: `true` counts them, `planned` and `estimated` cost less where they are many. */
  readonly count?: boolean | 'planned' | 'estimated' | undefined;
}

/** Some rows in order, and what leads on: `next` for `after`, `previous` for `before`. */
export interface ClientPage<Row> {
  readonly items: readonly Row[];
  readonly next?: string;
  readonly previous?: string;
  /** The number of all rows, where it was asked for. */
  readonly total?: number;
  /** `total` was counted, and not estimated. */
  readonly isTotalExact?: boolean;
}

/** What a write of one row takes. */
export interface ClientWriteOptions extends CallOptions {
  /** The version of the row that is meant; `VERSION_CONFLICT` when there is another. */
  readonly version?: string | number | undefined;
  /** One of your own, so that a write is done once even if the program starts again in between. */
  readonly idempotencyKey?: string | undefined;
}

/** What a write of the rows that a filter finds takes. */
export interface ClientManyOptions extends CallOptions {
  /** Refuse, and change nothing, when the filter finds more rows. */
  readonly maxAffected?: number | undefined;
  readonly idempotencyKey?: string | undefined;
}

/** What became of one row of several, in the form of `Promise.allSettled`. */
export type ClientSettled<Row, Value> = (
  | { readonly status: 'fulfilled'; readonly value: Value }
  | { readonly status: 'rejected'; readonly reason: ProblemError }
) & {
  /** The properties of the key, where a filter found the row. */
  readonly key?: Partial<Row>;
};

/** One resource of an API. What is not served is thrown as a `ProblemError`. */
export interface ResourceClient<Row, Insert, Patch, Links> {
  get<const I extends JsonInclude<Links> = NoInclude>(
    key: ClientKey,
    options?: ClientReadOptions<Links, I>,
  ): Promise<Row & JsonIncluded<Links, I>>;
  /** Undefined where `get` throws `ROW_NOT_FOUND`. */
  find<const I extends JsonInclude<Links> = NoInclude>(
    key: ClientKey,
    options?: ClientReadOptions<Links, I>,
  ): Promise<(Row & JsonIncluded<Links, I>) | undefined>;
  page<const I extends JsonInclude<Links> = NoInclude>(
    options?: ClientListOptions<Row, Links, I>,
  ): Promise<ClientPage<Row & JsonIncluded<Links, I>>>;
  /** Every row, page by page. */
  each<const I extends JsonInclude<Links> = NoInclude>(
    options?: ClientListOptions<Row, Links, I>,
  ): AsyncIterable<Row & JsonIncluded<Links, I>>;
  create(values: Insert, options?: ClientWriteOptions): Promise<Row>;
  /** All or none. */
  createMany(rows: readonly Insert[], options?: ClientWriteOptions): Promise<readonly Row[]>;
  /** Those that can be added; what became of each, in the order of `rows`. */
  createManySettled(rows: readonly Insert[], options?: ClientWriteOptions): Promise<readonly ClientSettled<Row, Row>[]>;
  /** Adds the row, or replaces the one that is there. */
  replace(key: ClientKey, values: Partial<Insert>, options?: ClientWriteOptions): Promise<Row>;
  update(key: ClientKey, patch: Patch, options?: ClientWriteOptions): Promise<Row>;
  updateWhere(where: ClientFilter<Row>, patch: Patch, options?: ClientManyOptions): Promise<readonly Row[]>;
  /** Those that can be changed; what became of each that the filter finds. */
  updateWhereSettled(
    where: ClientFilter<Row>,
    patch: Patch,
    options?: ClientManyOptions,
  ): Promise<readonly ClientSettled<Row, Row>[]>;
  delete(key: ClientKey, options?: ClientWriteOptions): Promise<void>;
  /** Gives the number of deleted rows. */
  deleteWhere(where: ClientFilter<Row>, options?: ClientManyOptions): Promise<number>;
  /** Those that can be deleted; what became of each that the filter finds. */
  deleteWhereSettled(
    where: ClientFilter<Row>,
    options?: ClientManyOptions,
  ): Promise<readonly ClientSettled<Row, undefined>[]>;
}
