import type { EngineOptions } from '../../catalog/model/engine-options.ts';
import type { Table as CatalogTable } from '../../catalog/model/table.ts';
import type { AnyColumn } from '../column/column-builder.ts';
import { ColumnReference } from '../column/column-reference.ts';
import type { Columns, InsertOf, PatchOf, RowOf } from '../infer/row-types.ts';
import { snakeCase } from '../../util/names.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { buildTable } from './build-table.ts';
import type { TableMember } from './members.ts';
import { findRoles, type TableRoles } from './roles.ts';

/** Where a table definition keeps what is not a column; a symbol, so that no column name can collide with it. */
export const definition: unique symbol = Symbol.for('rowhouse.table');

/** One column of a defined table at run time. */
export interface DefinedColumn {
  readonly key: string;
  readonly columnName: string;
  readonly builder: AnyColumn;
}

export interface TableDefinition {
  readonly name: string;
  readonly namespace?: string;
  readonly columns: readonly DefinedColumn[];
  readonly roles: TableRoles;
  /** The table as the catalog knows it. Made when first asked for, because references may point to later tables. */
  readonly catalogTable: CatalogTable;
  /** Its name before. */
  readonly renamedFrom?: string;
  /** What spans columns. */
  readonly members: readonly TableMember[];
}

/** A table with its row types, and without its columns: what a repository needs. */
export interface TableOf<Row, Insert, Patch> {
  readonly [definition]: TableDefinition;
  readonly $row: Row;
  readonly $insert: Insert;
  readonly $patch: Patch;
}

/** A defined table: its columns are properties, `users.email`. */
export type Table<C extends Columns, Name extends string = string> = TableOf<RowOf<C>, InsertOf<C>, PatchOf<C>> & {
  readonly [K in keyof C]: ColumnReference;
} & TableInSql<C, Name>;

/** What SQL calls a table, in types: `book`, or with its namespace `library.book`. */
export interface TableInSql<C extends Columns, Name extends string> {
  readonly $sql: { readonly name: Name; readonly columns: C };
}

/** Any defined table. */
export type AnyTable = TableOf<unknown, unknown, unknown>;

export interface TableOptions<Namespace extends string = string> {
  readonly namespace?: Namespace;
  readonly comment?: string;
  /** `as-written` leaves the columns where they are; otherwise `id` comes first and the time stamps last. */
  readonly columnOrder?: 'as-written';
  /** Its name before, so that its rows stay; harmless once the old name is gone. */
  readonly renamedFrom?: string;
  /** Options of one engine: `{ strict: true }`, `{ rowSecurity: true }`, `{ fillfactor: 70 }`. */
  readonly options?: EngineOptions;
}

/**
 * Defines a table: its columns, then what spans columns.
 *
 * @example
 * ```ts
 * export const users = table('auth_user', {
 *   id: uuid().primaryKey().default(uuidv7()),
 *   email: text({ max: 255 }).unique(),
 *   active: boolean().default(true),
 *   ...timestamps(),
 *   ...softDelete(),
 * }, (t) => [index(t.active, t.createdAt.desc())]);
 * ```
 */
export function table<C extends Columns, Name extends string, Namespace extends string = ''>(
  name: Name,
  columns: C,
  members: (columns: { readonly [K in keyof C]: ColumnReference }) => readonly TableMember[] = () => [],
  options: TableOptions<Namespace> = {},
): Table<C, Namespace extends '' ? Name : `${Namespace}.${Name}`> {
  const identity = options.namespace === undefined ? { name } : { namespace: options.namespace, name };
  const defined = Object.entries(columns).map(([key, builder]): DefinedColumn => {
    return { key, builder, columnName: builder.definition.name ?? snakeCase(key) };
  });
  refuseDuplicates(name, defined);
  const references = Object.fromEntries(
    defined.map(({ key, columnName }) => [key, new ColumnReference(identity, key, columnName)]),
  ) as { readonly [K in keyof C]: ColumnReference };
  const renamed = options.renamedFrom === undefined ? {} : { renamedFrom: options.renamedFrom };
  const described = {
    ...identity,
    columns: defined,
    roles: findRoles(name, defined),
    members: members(references),
    ...renamed,
  };
  return { ...references, [definition]: withCatalogTable(described, options) } as never;
}

function withCatalogTable(described: Omit<TableDefinition, 'catalogTable'>, options: TableOptions): TableDefinition {
  let built: CatalogTable | undefined;
  return {
    ...described,
    get catalogTable(): CatalogTable {
      built ??= buildTable(described, options);
      return built;
    },
  };
}

export function isTable(value: unknown): value is AnyTable {
  return typeof value === 'object' && value !== null && definition in value;
}

function refuseDuplicates(table: string, columns: readonly DefinedColumn[]): void {
  const seen = new Map<string, string>();
  for (const { key, columnName } of columns) {
    const other = seen.get(columnName);
    if (other !== undefined) {
      throw new RowhouseError('SCHEMA_INVALID', `table ${table}: ${other} and ${key} are both column ${columnName}`, {
        hint: 'give one of them another name with .named()',
      });
    }
    seen.set(columnName, key);
  }
}
