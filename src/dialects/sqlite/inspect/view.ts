import { textExpression } from '../../../catalog/model/expression.ts';
import type { View } from '../../../catalog/model/view.ts';
import { readType } from '../types/read-type.ts';
import type { ColumnRow, SchemaRow } from './read-rows.ts';
import { TokenReader } from './token-reader.ts';

/** A view. SQLite knows the type of a column that is passed through, not of one that is computed: that one is native. */
export function buildView(row: SchemaRow, columns: readonly ColumnRow[]): View {
  return {
    name: row.name,
    query: textExpression(queryText(row.sql)),
    columns: columns.map(({ name, type }) => ({ name, type: readType(type), nullable: true })),
    materialized: false,
  };
}

/** What stands behind the first `as` outside brackets. */
function queryText(sql: string): string {
  const reader = new TokenReader(sql);
  reader.until('as');
  reader.next();
  return reader.text(reader.until(';'));
}
