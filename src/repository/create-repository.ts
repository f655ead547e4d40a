import { randomBytes } from 'node:crypto';
import type { Dialect } from '../dialect/dialect.ts';
import type { Session } from '../database/session.ts';
import type { RelatedTable } from '../schema/relations/related-table.ts';
import type { AnyTable, TableOf } from '../schema/table/table.ts';
import { refuseUnknownOption } from '../util/refuse-unknown-option.ts';
import { optionNames } from '../util/unknown-option.ts';
import type { RelatedRepository } from './include/related-repository.ts';
import { Aggregator } from './aggregate/aggregator.ts';
import type { AggregateRow, Filtered, Measures } from './aggregate/aggregate-options.ts';
import { Pager } from './page/pager.ts';
import { PlanCache } from './plan-cache.ts';
import { Coalescer } from './read/coalescer.ts';
import { Estimator } from './read/estimator.ts';
import { KeyReader } from './read/key-reader.ts';
import { Lister } from './read/lister.ts';
import { RowLocker } from './read/row-locker.ts';
import { Reader } from './read/reader.ts';
import { streamRows } from './read/streamer.ts';
import type {
  CoalescedReads,
  CountedRows,
  EstimatedCount,
  EstimateOptions,
  Key,
  ListOptions,
  LockListOptions,
  LockOptions,
  MatchOptions,
  PageOptions,
  ReadOptions,
  Repository,
  SearchOptions,
  StreamOptions,
  UpsertOptions,
  VersionOptions,
  WriteManyOptions,
} from './repository.ts';
import { refuseUnknownOptions } from './refuse-unknown-options.ts';
import { rowNotFound } from './row-not-found.ts';
import { planTable, type TablePlan } from './table-plan.ts';
import { BulkWriter } from './write/bulk-writer.ts';
import { Purger } from './write/purger.ts';
import { Upserter } from './write/upserter.ts';
import { Writer } from './write/writer.ts';

type Row = Record<string, unknown>;

export interface RepositoryOptions {
  /** Signs page cursors. Give every process of a service the same one; otherwise cursors end with the process. */
  readonly cursorSecret?: string | undefined;
  /** What an update does with a field that cannot change: refuse it, or leave it out. */
  readonly immutable?: 'refuse' | 'ignore' | undefined;
}

const known = optionNames<RepositoryOptions>({ cursorSecret: true, immutable: true });

const processSecret = randomBytes(32).toString('base64url');

/** The plans of a table, shared by all its repositories on one engine. */
interface TableParts {
  readonly plan: TablePlan;
  readonly reader: Reader;
  readonly keyReader: KeyReader;
  readonly lister: Lister;
  readonly pager: Pager;
  readonly estimator: Estimator;
  readonly locker: RowLocker;
  readonly aggregator: Aggregator;
  readonly writer: Writer;
  readonly bulk: BulkWriter;
  readonly upserter: Upserter;
  readonly purger: Purger;
  readonly plans: PlanCache;
}

const partsByDialect = new WeakMap<Dialect, WeakMap<AnyTable, TableParts>>();

/**
 * A repository of `table` that works through `session`: a database (each call on its own) or a transaction.
 *
 * @example
 * ```ts
 * await database.transaction(async (tx) => {
 *   const users = createRepository(schema.users, tx);
 *   await users.insert({ email: 'ada@example.org' });
 * });
 * ```
 */
export function createRepository<R, I, P, L>(
  table: RelatedTable<R, I, P, L>,
  session: Session,
  options?: RepositoryOptions,
): RelatedRepository<R, I, P, L>;
export function createRepository<R, I, P>(
  table: TableOf<R, I, P>,
  session: Session,
  options?: RepositoryOptions,
): Repository<R, I, P>;
export function createRepository<R, I, P>(
  table: TableOf<R, I, P>,
  session: Session,
  options: RepositoryOptions = {},
): Repository<R, I, P> {
  refuseUnknownOption(options, known, 'a repository');
  const parts = partsOf(table, session.dialect);
  return new SessionRepository(parts, session, options) as unknown as Repository<R, I, P>;
}

function partsOf(table: AnyTable, dialect: Dialect): TableParts {
  let byTable = partsByDialect.get(dialect);
  if (byTable === undefined) partsByDialect.set(dialect, (byTable = new WeakMap()));
  let parts = byTable.get(table);
  if (parts === undefined) byTable.set(table, (parts = makeParts(planTable(table, dialect))));
  return parts;
}

function makeParts(plan: TablePlan): TableParts {
  const plans = new PlanCache(plan.bigintRows);
  const reader = new Reader(plan, plans);
  return {
    plan,
    plans,
    reader,
    keyReader: new KeyReader(plan, plans),
    lister: new Lister(plan, plans),
    pager: new Pager(plan, plans),
    estimator: new Estimator(plan, plans, reader),
    locker: new RowLocker(plan, plans),
    aggregator: new Aggregator(plan, plans),
    writer: new Writer(plan, plans),
    bulk: new BulkWriter(plan, plans),
    upserter: new Upserter(plan, plans),
    purger: new Purger(plan, plans),
  };
}

/** Hands calls on. What is called gives a promise already, so most of these methods make none of their own. */
class SessionRepository implements Repository<Row, Row, Row> {
  private readonly parts: TableParts;
  private readonly given: Session;
  private coalescer: Coalescer | undefined;
  private readonly options: RepositoryOptions;

  constructor(parts: TableParts, session: Session, options: RepositoryOptions) {
    this.parts = parts;
    this.given = session;
    this.options = options;
  }

  /** The transaction around the caller, where the session takes part in one. */
  private get session(): Session {
    return this.given.ambient ?? this.given;
  }

  get(key: Key, options?: ReadOptions): Promise<Row> {
    return this.parts.reader.get(this.session, key, options);
  }

  find(key: Key, options?: ReadOptions): Promise<Row | undefined> {
    return this.parts.reader.find(this.session, key, options);
  }

  async getMany(keys: readonly Key[], options?: ReadOptions): Promise<Row[]> {
    return await this.parts.keyReader.getMany(this.session, keys, options);
  }

  async findMany(keys: readonly Key[], options?: ReadOptions): Promise<(Row | undefined)[]> {
    return await this.parts.keyReader.findMany(this.session, keys, options);
  }

  coalesced(): CoalescedReads<Row> {
    this.coalescer ??= new Coalescer(this.parts.plan, this.parts.keyReader, () => this.session);
    return this.coalescer;
  }

  async getBy(where: object, options?: ReadOptions): Promise<Row> {
    refuseUnknownOptions(options, 'getBy', this.parts.plan);
    return (await this.parts.reader.findBy(this.session, where, options)) ?? missing(this.parts.plan);
  }

  findBy(where: object, options?: ReadOptions): Promise<Row | undefined> {
    return this.parts.reader.findBy(this.session, where, options);
  }

  list(options: ListOptions<Row> = {}): Promise<Row[]> {
    return this.parts.reader.list(this.session, options);
  }

  listAndCount(options: ListOptions<Row> = {}): Promise<CountedRows<Row>> {
    return this.parts.lister.listAndCount(this.session, options);
  }

  page(options: PageOptions<Row> = {}): Promise<{ rows: readonly Row[]; next?: string; previous?: string }> {
    return this.parts.pager.page(this.session, options, this.options.cursorSecret ?? processSecret);
  }

  count(where?: object, options?: ReadOptions): Promise<number> {
    return this.parts.reader.count(this.session, where, options);
  }

  estimateCount(where?: object, options: EstimateOptions = {}): Promise<EstimatedCount> {
    return this.parts.estimator.estimateCount(this.session, where, options);
  }

  exists(where?: object, options?: ReadOptions): Promise<boolean> {
    return this.parts.reader.exists(this.session, where, options);
  }

  async aggregate<const O extends Measures<Row>>(options: O & Filtered<object>): Promise<AggregateRow<Row, O>[]> {
    return (await this.parts.aggregator.aggregate(this.session, options)) as AggregateRow<Row, O>[];
  }

  stream(options: StreamOptions<Row> = {}): AsyncIterable<Row> {
    return streamRows(this.session, options, this.parts.plan, this.parts.plans);
  }

  lock(key: Key, options: LockOptions = {}): Promise<Row> {
    return this.parts.locker.lock(this.session, key, options);
  }

  lockList(options: ListOptions<Row> & LockListOptions = {}): Promise<Row[]> {
    return this.parts.locker.lockList(this.session, options);
  }

  search(text: string, options: SearchOptions<Row>): Promise<Row[]> {
    return this.parts.reader.search(this.session, text, options);
  }

  insert(values: Row): Promise<Row> {
    return this.parts.writer.insert(this.session, values);
  }

  insertMany(rows: readonly Row[] | AsyncIterable<Row>): Promise<number> {
    return this.parts.bulk.insertMany(this.session, rows);
  }

  update(key: Key, patch: Row): Promise<Row> {
    return this.parts.writer.update(this.session, key, this.mutable(patch));
  }

  updateWhere(where: object | 'all', patch: Row, options?: WriteManyOptions): Promise<number> {
    return this.parts.writer.updateWhere(this.session, where, this.mutable(patch), options);
  }

  upsert(values: Row, options: UpsertOptions<Row>): Promise<{ row: Row; created: boolean }> {
    return this.parts.upserter.upsert(this.session, values, options);
  }

  upsertMany(rows: readonly Row[], options: UpsertOptions<Row>): Promise<number> {
    return this.parts.upserter.upsertMany(this.session, rows, options);
  }

  getOrCreate(values: Row, options: MatchOptions<Row>): Promise<{ row: Row; created: boolean }> {
    return this.parts.upserter.getOrCreate(this.session, values, options);
  }

  async delete(key: Key, options?: VersionOptions): Promise<void> {
    await this.parts.writer.delete(this.session, key, options);
  }

  deleteWhere(where: object | 'all', options?: WriteManyOptions): Promise<number> {
    return this.parts.writer.deleteWhere(this.session, where, options);
  }

  restore(key: Key): Promise<Row> {
    return this.parts.writer.restore(this.session, key);
  }

  softDelete(key: Key, options?: VersionOptions): Promise<void> {
    return this.parts.writer.softDelete(this.session, key, options);
  }

  purge(key: Key): Promise<void> {
    return this.parts.purger.purge(this.session, key);
  }

  purgeWhere(where: object | 'all', options?: WriteManyOptions): Promise<number> {
    return this.parts.purger.purgeWhere(this.session, where, options);
  }

  private mutable(patch: Row): Row {
    if (this.options.immutable !== 'ignore') return patch;
    const { fieldOf } = this.parts.plan;
    return Object.fromEntries(Object.entries(patch).filter(([key]) => fieldOf.get(key)?.immutable !== true));
  }
}

function missing(plan: TablePlan): never {
  throw rowNotFound(plan);
}
