import type { Transaction } from '../../database/transaction.ts';
import type { TableOf } from '../../schema/table/table.ts';
import type { Key, Repository } from '../repository.ts';

/** What a hook works with: the transaction of the call, and repositories in it, which run no hooks. */
export interface HookContext<Row, Insert, Patch> {
  readonly transaction: Transaction;
  /** That of the service's own table. */
  readonly repository: Repository<Row, Insert, Patch>;
  /** That of another table. */
  readonly repositoryOf: <R, I, P>(table: TableOf<R, I, P>) => Repository<R, I, P>;
}

/** A read that is about to run. */
export interface ServiceRead {
  /** `include`: the rows come along with those of another table. */
  readonly verb: 'get' | 'find' | 'list' | 'page' | 'search' | 'count' | 'exists' | 'include';
  /** Of a read by key. */
  readonly key?: Key | undefined;
}

/** What a write changed. `before` is the row as this transaction found it; an upsert does not know it. */
export type RowChange<Row> =
  | { readonly kind: 'created'; readonly row: Row }
  | {
      readonly kind: 'updated';
      readonly row: Row;
      readonly before: Row | undefined;
      readonly fields: readonly string[];
    }
  | { readonly kind: 'deleted'; readonly before: Row }
  | { readonly kind: 'restored'; readonly row: Row };

/** The hooks before and after each verb, in the order in which they are called. What one throws rolls the call back. */
export interface ServiceHooks<Row, Insert, Patch, Input, Change> {
  /** Before any read: throwing refuses it. */
  beforeRead?(read: ServiceRead, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  /** Each row that a read found → the row that the caller gets. */
  afterRead?(row: Row, context: HookContext<Row, Insert, Patch>): Row | Promise<Row>;
  /** What the caller gave → what is inserted: properties may be added and dropped. Upserts and bulk inserts too. */
  beforeCreate?(input: Input, context: HookContext<Row, Insert, Patch>): Insert | Promise<Insert>;
  afterCreate?(row: Row, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  beforeUpdate?(change: Change, context: HookContext<Row, Insert, Patch>, key: Key): Patch | Promise<Patch>;
  /** After an upsert of a row that was there, too. */
  afterUpdate?(row: Row, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  beforeDelete?(key: Key, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  afterDelete?(key: Key, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  beforeRestore?(key: Key, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  afterRestore?(row: Row, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
  /** After the hook of the verb, with what changed: the place to write an outbox or a history. */
  events?(change: RowChange<Row>, context: HookContext<Row, Insert, Patch>): void | Promise<void>;
}
