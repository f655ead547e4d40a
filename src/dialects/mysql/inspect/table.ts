import type { EnumType } from '../../../catalog/model/enum-type.ts';
import type { Check, ForeignKey } from '../../../catalog/model/constraint.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import type { IndexDefinition } from '../../../catalog/model/index-definition.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { indexedForeignKeys } from '../definition/foreign-key-index.ts';
import { notNullCheckName } from '../definition/generated-names.ts';
import type { Flavor } from '../flavor.ts';
import type { CatalogQueries } from './catalog-queries.ts';
import { inspectColumn, type InspectedColumn } from './column.ts';
import { inspectForeignKeys } from './foreign-keys.ts';
import { asUnique, carriers, inspectIndex, type InspectedIndex } from './index-parts.ts';
import type { Row } from './rows.ts';
import { tableOptions } from './table-options.ts';

/** All rows about one table. */
export interface TableRows {
  readonly table: Row;
  readonly columns: readonly Row[];
  readonly indexes: readonly Row[];
  readonly checks: readonly Row[];
  readonly foreignKeys: readonly Row[];
  readonly rules: readonly Row[];
}

/** A table and what the catalog keeps beside it. */
export interface InspectedTable {
  readonly table: Table;
  readonly enums: readonly EnumType[];
}

/** The table that these rows describe, and the enums of its columns. */
export function inspectTable(rows: TableRows, flavor: Flavor, queries: CatalogQueries): InspectedTable {
  const [name = '', , , tableCollation, , comment = ''] = rows.table;
  const jsonColumns = new Set(rows.checks.filter(isJsonCheck).map(([, check]) => check));
  const context = { queries, tableCollation, isJson: (column: string) => jsonColumns.has(column) };
  const all = rows.columns.map((row) => inspectColumn(row, context));
  const indexes = inspectIndexes(rows.indexes, all, queries);
  const carried = new Set(indexes.flatMap(({ index }) => carriers(index.name, index.keys.length)));
  const columns = all.filter(({ column }) => !carried.has(column.name));
  const checks = rows.checks.filter((row) => !isJsonCheck(row));
  const notNull = new Set(checks.map(([, check]) => check));
  const foreignKeys = inspectForeignKeys(rows.foreignKeys, rows.rules);
  const options = tableOptions({ table: rows.table, columns, indexes, checks, flavor });
  const primary = indexes.find(({ index }) => index.name === 'PRIMARY')?.index;
  const keys: Keys = {
    ...(primary === undefined ? {} : { primaryKey: { columns: primary.keys.flatMap((key) => key.column ?? []) } }),
    foreignKeys,
  };
  const others = withoutOwned(
    indexes.filter(({ index }) => index !== primary),
    keys,
    flavor,
  );
  const table: Table = {
    name,
    columns: columns.map(({ column }) => ({
      ...column,
      nullable: column.nullable && !notNull.has(notNullCheckName(name, column.name)),
    })),
    ...keys,
    uniques: others.flatMap((index) => asUnique(index) ?? []),
    checks: checks
      .filter(([, check]) => !columns.some(({ column }) => check === notNullCheckName(name, column.name)))
      .map((row) => toCheck(row, queries)),
    indexes: plainIndexes(others),
    ...(comment === '' ? {} : { comment }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
  return { table, enums: columns.flatMap((column) => column.enum ?? []) };
}

function inspectIndexes(
  rows: readonly Row[],
  columns: readonly InspectedColumn[],
  queries: CatalogQueries,
): readonly InspectedIndex[] {
  const generations = new Map(
    columns.flatMap(({ column, generation }) => (generation === undefined ? [] : [[column.name, generation] as const])),
  );
  return [...Map.groupBy(rows, ([, index = '']) => index).values()].map((parts) =>
    inspectIndex(parts, generations, queries),
  );
}

/** The check that MariaDB's `json` comes with. */
function isJsonCheck([, name, clause = '', , level]: Row): boolean {
  return level === 'Column' && clause === `json_valid(\`${name ?? ''}\`)`;
}

type Keys = Pick<Table, 'primaryKey' | 'foreignKeys'>;

/** Without the indexes that InnoDB keeps for foreign keys: each comes and goes with its key. */
function withoutOwned(indexes: readonly InspectedIndex[], keys: Keys, flavor: Flavor): readonly InspectedIndex[] {
  const rest = indexes.filter(({ index }) => !belongsTo(index, keys.foreignKeys));
  const uniques = rest.flatMap((index) => asUnique(index) ?? []);
  const owned = indexedForeignKeys({ ...keys, uniques, indexes: plainIndexes(rest) }, flavor);
  const owners = new Set(owned.map(({ name }) => name));
  return indexes.filter((one) => rest.includes(one) || !owners.has(one.index.name));
}

function plainIndexes(indexes: readonly InspectedIndex[]): readonly IndexDefinition[] {
  return indexes.filter((index) => asUnique(index) === undefined).map(({ index }) => index);
}

/** Can it be the index that InnoDB made for a foreign key? */
function belongsTo(index: IndexDefinition, foreignKeys: readonly ForeignKey[]): boolean {
  const key = foreignKeys.find(({ name }) => name === index.name);
  if (key === undefined || index.unique || index.comment !== undefined) return false;
  return (
    index.keys.length === key.columns.length && index.keys.every(({ column }, place) => column === key.columns[place])
  );
}

function toCheck([, name = '', clause = '']: Row, queries: CatalogQueries): Check {
  return { name, expression: textExpression(queries.expression(clause)) };
}
