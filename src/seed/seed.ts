import type { Transaction } from '../database/transaction.ts';
import type { Repository } from '../repository/repository.ts';
import type { AnyTable, TableOf } from '../schema/table/table.ts';

/** Rows for one table, written in code. */
export interface SeedDefinition {
  readonly table: AnyTable;
  readonly key?: readonly string[] | undefined;
  readonly rows: readonly object[];
}

/** What a seed that is a function works with; all of it is one transaction with the other seeds. */
export interface SeedContext {
  readonly environment: string;
  readonly transaction: Transaction;
  readonly repository: <R, I, P>(table: TableOf<R, I, P>) => Repository<R, I, P>;
}

/** A seed written as a function; it runs in one transaction with the other seeds. */
export type SeedFunction = (context: SeedContext) => Promise<void>;

/** A row's properties, each a value or the row that it refers to. */
export type SeedRow<Insert> = { readonly [K in keyof Insert]: Insert[K] | SeedReference };

/** The rows that a seed file has as its default export, checked by the compiler. */
export function seed<R, I, P>(
  table: TableOf<R, I, P>,
  { key, rows }: { readonly key?: readonly Extract<keyof R, string>[]; readonly rows: readonly SeedRow<I>[] },
): SeedDefinition {
  return { table, key, rows: rows as readonly object[] };
}

/** A symbol and no class test: a project may load this package twice. */
const reference: unique symbol = Symbol.for('rowhouse.seed-reference');

/** Stands for the key of a row that is found by other columns of it. */
export interface SeedReference {
  readonly [reference]: true;
  readonly table: AnyTable;
  readonly match: Readonly<Record<string, unknown>>;
}

/**
 * The key of the row with these values, for seeds in code.
 *
 * @example
 * ```ts
 * export default seed(posts, { key: ['slug'], rows: [{ slug: 'hello', authorId: ref(users, { email: 'ada@example.org' }) }] });
 * ```
 */
export function ref<R, I, P>(table: TableOf<R, I, P>, match: Partial<R>): SeedReference {
  return { [reference]: true, table, match: match as Readonly<Record<string, unknown>> };
}

export function isSeedReference(value: unknown): value is SeedReference {
  return typeof value === 'object' && value !== null && reference in value;
}
