import type { ColumnType } from 'kysely';
import type { AnyColumn } from '../schema/column/column-builder.ts';
import type { Columns } from '../schema/infer/row-types.ts';
import type { TableInSql } from '../schema/table/table.ts';
import type { SnakeCase } from './snake-case.ts';

/**
 * The tables of a schema as Kysely takes them. Tables and columns have their names in the database, because what Kysely
 * writes is SQL: `auth_user`, `created_at`, and `billing.invoice` for a table in a namespace.
 *
 * @example
 * ```ts
 * import * as schema from './schema.ts';
 *
 * type Tables = KyselyDatabase<typeof schema>;
 * ```
 */
export type KyselyDatabase<Schema> = {
  [Key in keyof Schema as Schema[Key] extends TableInSql<Columns, infer Name> ? Name : never]: ColumnsOf<Schema[Key]>;
};

type ColumnsOf<Table> = Table extends { readonly $sql: { readonly columns: infer C extends Columns } }
  ? { [Key in keyof C & string as NameOf<Key, C[Key]['$name']>]: TypeOf<C[Key]> }
  : never;

type NameOf<Key extends string, Name extends string> = string extends Name ? SnakeCase<Key> : Name;

type TypeOf<Column extends AnyColumn> = ColumnType<
  Column['$value'],
  Inserted<Column['$value'], Column['$insert']>,
  Column['$mutable'] extends true ? Column['$value'] : never
>;

type Inserted<Value, Insertion> = Insertion extends 'required'
  ? Value
  : Insertion extends 'optional'
    ? Value | undefined
    : never;
