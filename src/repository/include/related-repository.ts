import type { AnyLink } from '../../schema/relations/related-table.ts';
import type { AggregateRow, Filtered, Measures } from '../aggregate/aggregate-options.ts';
import type { Condition } from '../filter/where.ts';
import type {
  CountedRows,
  EstimatedCount,
  EstimateOptions,
  Key,
  ListOptions,
  LockListOptions,
  Order,
  Page,
  PageOptions,
  ReadOptions,
  Repository,
  SearchOptions,
  StreamOptions,
  WriteManyOptions,
} from '../repository.ts';

/** A filter that may speak of related rows too. */
export type RelatedWhere<Row, Links> = { readonly [K in keyof Row]?: Condition<Row[K]> } & {
  readonly [N in keyof Links]?: Links[N] extends AnyLink ? RelatedCondition<Links[N]> : never;
} & {
  readonly and?: readonly RelatedWhere<Row, Links>[];
  /** At least one holds; an empty list never does. */
  readonly or?: readonly RelatedWhere<Row, Links>[];
  readonly not?: RelatedWhere<Row, Links>;
};

type RelatedCondition<L extends AnyLink> = L['kind'] extends 'many'
  ? ManyCondition<L['target']['$row'], L['target']['$relations']>
  :
      | OneCondition<L['target']['$row'], L['target']['$relations']>
      | RelatedWhere<L['target']['$row'], L['target']['$relations']>
      | null;

/** What the related rows of a row must be. Soft-deleted ones do not count. */
export interface ManyCondition<Row, Links> {
  /** At least one is like this. */
  readonly some?: RelatedWhere<Row, Links>;
  /** All are like this, or there is none. */
  readonly every?: RelatedWhere<Row, Links>;
  readonly none?: RelatedWhere<Row, Links>;
}

/** What the related row must be; null: there is none. */
export interface OneCondition<Row, Links> {
  readonly is?: RelatedWhere<Row, Links> | null;
  /** It is not like this, or there is none. */
  readonly isNot?: RelatedWhere<Row, Links> | null;
}

/** Which relations come along: `true`, or which rows of it. */
export type Include<Links> = {
  readonly [N in keyof Links]?:
    | true
    | (Links[N] extends AnyLink ? Branch<Links[N]['target']['$row'], Links[N]['target']['$relations']> : never);
};

/** Which related rows come along, and what comes along with them. */
export interface Branch<Row, Links> {
  readonly where?: RelatedWhere<Row, Links> | undefined;
  readonly order?: Order<Row> | undefined;
  /** Most rows for each row that they belong to. */
  readonly limit?: number | undefined;
  /** Soft-deleted rows too. */
  readonly withDeleted?: boolean | undefined;
  readonly include?: Include<Links> | undefined;
}

/** The related rows of a row, by the names of their relations. */
export type Included<Links, I> = {
  [N in keyof I & keyof Links]: Links[N] extends AnyLink ? IncludedValue<Links[N], I[N]> : never;
};

type IncludedValue<L extends AnyLink, B> = L['kind'] extends 'many'
  ? IncludedRow<L['target'], B>[]
  : L['kind'] extends 'one'
    ? B extends { readonly where: object }
      ? IncludedRow<L['target'], B> | null
      : IncludedRow<L['target'], B>
    : IncludedRow<L['target'], B> | null;

type IncludedRow<T extends AnyLink['target'], B> = B extends { readonly include: infer I }
  ? T['$row'] & Included<T['$relations'], I>
  : T['$row'];

/** `I` with what is not there made an error: a type parameter lets surplus members pass. */
export type Known<Links, I> = {
  readonly [N in keyof I]: N extends keyof Links
    ? I[N] extends object
      ? Links[N] extends AnyLink
        ? KnownBranch<Links[N]['target'], I[N]>
        : never
      : I[N]
    : never;
};

type KnownBranch<T extends AnyLink['target'], B> = {
  readonly [P in keyof B]: P extends 'include'
    ? Known<T['$relations'], B[P]>
    : P extends 'where'
      ? { readonly [F in keyof B[P]]: F extends keyof RelatedWhere<T['$row'], T['$relations']> ? B[P][F] : never }
      : P extends keyof Branch<unknown, unknown>
        ? B[P]
        : never;
};

/** Brings related rows along, all in the one statement of the read. */
export interface Including<Links, I> {
  readonly include?: (I & Known<Links, I>) | undefined;
}

type RelatedOptions<Options, Row, Links> = Omit<Options, 'where'> & {
  readonly where?: RelatedWhere<Row, Links> | undefined;
};

/** Nothing comes along. */
// oxlint-disable-next-line typescript/no-empty-object-type -- no relation
type Nothing = {};

/**
 * A repository whose reads bring related rows along and whose filters speak of them. It is what `repository` gives for a
 * table of `relations()`.
 *
 * @example
 * ```ts
 * const authors = database.repository(library.authors);
 * const found = await authors.list({
 *   where: { books: { some: { published: { gte: '2020-01-01' } } } },
 *   include: { books: { order: ['-published'], limit: 3, include: { tags: true } } },
 * });
 * ```
 */
export interface RelatedRepository<Row, Insert, Patch, Links> extends Repository<Row, Insert, Patch> {
  get<const I extends Include<Links> = Nothing>(
    key: Key,
    options?: ReadOptions & Including<Links, I>,
  ): Promise<Row & Included<Links, I>>;
  find<const I extends Include<Links> = Nothing>(
    key: Key,
    options?: ReadOptions & Including<Links, I>,
  ): Promise<(Row & Included<Links, I>) | undefined>;
  getMany<const I extends Include<Links> = Nothing>(
    keys: readonly Key[],
    options?: ReadOptions & Including<Links, I>,
  ): Promise<(Row & Included<Links, I>)[]>;
  findMany<const I extends Include<Links> = Nothing>(
    keys: readonly Key[],
    options?: ReadOptions & Including<Links, I>,
  ): Promise<((Row & Included<Links, I>) | undefined)[]>;
  getBy<const I extends Include<Links> = Nothing>(
    where: RelatedWhere<Row, Links>,
    options?: ReadOptions & Including<Links, I>,
  ): Promise<Row & Included<Links, I>>;
  findBy<const I extends Include<Links> = Nothing>(
    where: RelatedWhere<Row, Links>,
    options?: ReadOptions & Including<Links, I>,
  ): Promise<(Row & Included<Links, I>) | undefined>;
  list<const I extends Include<Links> = Nothing>(
    options?: RelatedOptions<ListOptions<Row>, Row, Links> & Including<Links, I>,
  ): Promise<(Row & Included<Links, I>)[]>;
  listAndCount<const I extends Include<Links> = Nothing>(
    options?: RelatedOptions<ListOptions<Row>, Row, Links> & Including<Links, I>,
  ): Promise<CountedRows<Row & Included<Links, I>>>;
  page<const I extends Include<Links> = Nothing>(
    options?: RelatedOptions<PageOptions<Row>, Row, Links> & Including<Links, I>,
  ): Promise<Page<Row & Included<Links, I>>>;
  search<const I extends Include<Links> = Nothing>(
    text: string,
    options: RelatedOptions<SearchOptions<Row>, Row, Links> & Including<Links, I>,
  ): Promise<(Row & Included<Links, I>)[]>;
  aggregate<const O extends Measures<Row>>(
    options: O & Filtered<RelatedWhere<Row, Links>>,
  ): Promise<AggregateRow<Row, O>[]>;
  stream<const I extends Include<Links> = Nothing>(
    options?: RelatedOptions<StreamOptions<Row>, Row, Links> & Including<Links, I>,
  ): AsyncIterable<Row & Included<Links, I>>;
  lockList(options?: RelatedOptions<ListOptions<Row>, Row, Links> & LockListOptions): Promise<Row[]>;
  count(where?: RelatedWhere<Row, Links>, options?: ReadOptions): Promise<number>;
  estimateCount(where?: RelatedWhere<Row, Links>, options?: EstimateOptions): Promise<EstimatedCount>;
  exists(where?: RelatedWhere<Row, Links>, options?: ReadOptions): Promise<boolean>;
  updateWhere(where: RelatedWhere<Row, Links> | 'all', patch: Patch, options?: WriteManyOptions): Promise<number>;
  deleteWhere(where: RelatedWhere<Row, Links> | 'all', options?: WriteManyOptions): Promise<number>;
  purgeWhere(where: RelatedWhere<Row, Links> | 'all', options?: WriteManyOptions): Promise<number>;
}
