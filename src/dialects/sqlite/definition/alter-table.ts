import { findTable, type Catalog } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { Expression } from '../../../catalog/model/expression.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { refuseChange } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { columnDefinition } from './column.ts';
import { namesColumn } from './expression.ts';

/**
 * Can the column be added to a table that stands? What SQLite refuses on a table that has rows is refused here, rows or
 * not: a plan must not depend on them.
 */
export function canAddColumn({ identity, generated, nullable, default: value }: Column): boolean {
  if (identity !== undefined || generated?.stored === true) return false;
  if (value !== undefined && value.kind !== 'literal') return false;
  return nullable || generated !== undefined || (value?.value ?? null) !== null;
}

export function addColumn(name: ObjectName, column: Column, before: Catalog): string {
  const table = findTable(before, name) ?? emptyTable(name);
  return `${alter(name)} add column ${columnDefinition(table, column, before)}`;
}

/** Keys and indexes on the column are refused by `applyChange`; SQLite refuses what names it in an expression too. */
export function dropColumn(name: ObjectName, column: string, before: Catalog): string {
  const table = findTable(before, name);
  const user =
    table === undefined ? undefined : expressionUsers(table, column).find(({ sql }) => namesColumn(sql, column));
  if (user === undefined) return `${alter(name)} drop column ${sqliteText.name(column)}`;
  throw refuseChange(name, column, `${user.what} names the column`, `drop ${user.what} first`);
}

export function alter(table: ObjectName): string {
  return `alter table ${sqliteText.name(table.name)}`;
}

function expressionUsers(table: Table, column: string): readonly { what: string; sql: Expression }[] {
  return [
    ...table.checks.map(({ name, expression }) => ({ what: `check ${name}`, sql: expression })),
    ...table.indexes.flatMap(({ name, keys, where }) =>
      [...keys.map((key) => key.expression), where].flatMap((sql) =>
        sql === undefined ? [] : [{ what: `index ${name}`, sql }],
      ),
    ),
    ...table.columns.flatMap(({ name, generated }) =>
      generated === undefined || name === column ? [] : [{ what: `column ${name}`, sql: generated.expression }],
    ),
  ];
}

function emptyTable(name: ObjectName): Table {
  return { ...name, columns: [], uniques: [], foreignKeys: [], checks: [], indexes: [] };
}
