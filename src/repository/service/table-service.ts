import type { Session } from '../../database/session.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { AnyColumn } from '../../schema/column/column-builder.ts';
import type { Columns, InsertOf } from '../../schema/infer/row-types.ts';
import type { AnyTable, TableOf } from '../../schema/table/table.ts';
import type { RepositoryOptions } from '../create-repository.ts';
import type { Key, ListOptions, Page, PageOptions, ReadOptions, Repository, SearchOptions } from '../repository.ts';
import { bindService } from './bind-service.ts';

/** What a hook works with: the transaction of the write, and the table's repository in it. */
export interface HookContext<Row, Insert, Patch> {
  readonly transaction: Transaction;
  readonly repository: Repository<Row, Insert, Patch>;
}

/** The hooks before and after each write. What one throws rolls the write back. */
export interface ServiceHooks<Row, Insert, Patch, Input, Change> {
  /** What the caller gave → what is inserted: properties may be added and dropped. */
  beforeCreate?(input: Input, context: HookContext<Row, Insert, Patch>): Insert | Promise<Insert>;
  afterCreate?(row: Row, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  beforeUpdate?(change: Change, context: HookContext<Row, Insert, Patch>, key: Key): Patch | Promise<Patch>;
  afterUpdate?(row: Row, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  beforeDelete?(key: Key, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  afterDelete?(key: Key, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  afterRestore?(row: Row, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
}

/** Reads and writes the rows of one table, hooks included. */
export interface Service<Row, Input, Change> {
  create(input: Input): Promise<Row>;
  get(key: Key, options?: ReadOptions): Promise<Row>;
  list(options?: ListOptions<Row>): Promise<Row[]>;
  page(options?: PageOptions<Row>): Promise<Page<Row>>;
  search(text: string, options: SearchOptions<Row>): Promise<Row[]>;
  update(key: Key, change: Change): Promise<Row>;
  delete(key: Key): Promise<void>;
  restore(key: Key): Promise<Row>;
}

/** A table with its hooks; `on` makes it work on a session. */
export interface TableService<Row, Input, Change> {
  readonly table: AnyTable;
  /** What a caller may give beside the columns. */
  readonly takes: Readonly<Record<string, AnyColumn>>;
  /** The properties that hooks make, so that no caller gives them. */
  readonly makes: readonly string[];
  /** On a database each write is a transaction of its own; on a transaction it is part of that one. */
  on(session: Session, options?: RepositoryOptions): Service<Row, Input, Change>;
}

type Given<Insert, Taken extends Columns, Made extends PropertyKey> = Omit<Insert, Made> & InsertOf<Taken>;
type Changed<Patch, Taken extends Columns, Made extends PropertyKey> = Omit<Patch, Made> & Partial<InsertOf<Taken>>;

export interface TableServiceOptions<
  Row,
  Insert,
  Patch,
  Taken extends Columns,
  Made extends PropertyKey,
> extends ServiceHooks<Row, Insert, Patch, Given<Insert, Taken, Made>, Changed<Patch, Taken, Made>> {
  /** What a caller gives beside the columns, e.g. a password in plain text; a hook must drop it. */
  readonly takes?: Taken;
  /** The columns that hooks fill, e.g. the password's hash. */
  readonly makes?: readonly Made[];
}

/**
 * A table with hooks around its writes. They run in the transaction of the write, so both last or neither; a retried
 * transaction runs them again, so what cannot be undone belongs into `transaction.afterCommit`.
 *
 * @example
 * ```ts
 * export const accounts = tableService(users, {
 *   takes: { password: text({ max: 72 }) },
 *   makes: ['passwordHash'],
 *   beforeCreate: async ({ password, ...user }) => ({ ...user, passwordHash: await hash(password) }),
 * });
 * const row = await accounts.on(database).create({ email, password });
 * ```
 */
export function tableService<
  Row extends object,
  Insert extends object,
  Patch extends object,
  // oxlint-disable-next-line typescript/no-empty-object-type -- nothing beside the columns
  Taken extends Columns = {},
  Made extends Extract<keyof Insert, string> = never,
>(
  table: TableOf<Row, Insert, Patch>,
  options: TableServiceOptions<Row, Insert, Patch, Taken, Made> = {},
): TableService<Row, Given<Insert, Taken, Made>, Changed<Patch, Taken, Made>> {
  return {
    table,
    takes: options.takes ?? {},
    makes: options.makes ?? [],
    on: (session, repository) => bindService(table, options, session, repository),
  };
}
