import { sameJson } from '../../../catalog/snapshot/same-json.ts';
import type { FactValue } from '../../../dialect/structure/fact.ts';
import { declaredAs } from '../inspect/column.ts';
import type { ParsedColumn } from '../inspect/parse-table.ts';
import { foldName } from '../rebuild/fold-name.ts';
import type { TableShape } from '../rebuild/table-shape.ts';
import { affinityOf } from '../types/affinity.ts';
import { readType } from '../types/read-type.ts';
import { isSameDefault } from './same-default.ts';
import { columnValue } from './table-fact.ts';

type ColumnIn = readonly [column: ParsedColumn, table: TableShape];

/** The value of a column, with the words of the expected one for its type, its default and `not null` where they mean the same. */
export function restateColumn([column, table]: ColumnIn, [expected, wanted]: ColumnIn): FactValue {
  const { type: _type, typeComment: _comment, default: _default, ...others } = column;
  const typed = isSameType(column, expected) ? expected : column;
  const filled = isSameDefault(column.default, expected.default, affinityOf(column.type)) ? expected : column;
  const isSameNull = isNeverNull(column, table) === isNeverNull(expected, wanted);
  return columnValue({
    ...others,
    type: typed.type,
    ...(typed.typeComment === undefined ? {} : { typeComment: typed.typeComment }),
    ...(filled.default === undefined ? {} : { default: filled.default }),
    notNull: isSameNull ? expected.notNull : column.notNull,
  });
}

/** The same type of ours, whose values SQLite stores in the same way: `int` and `integer`, but not `int` and `bigint`. */
function isSameType(one: ParsedColumn, other: ParsedColumn): boolean {
  const [meant, wanted] = [one, other].map((column) => readType(declaredAs(column, column)));
  return affinityOf(one.type) === affinityOf(other.type) && sameJson(meant, wanted);
}

/** The row's number is never null, and no key is without a row's number or in a STRICT table. */
function isNeverNull({ name, notNull }: ParsedColumn, table: TableShape): boolean {
  if (notNull || foldName(table.rowNumber ?? '') === foldName(name)) return true;
  if (!table.withoutRowid && !table.strict) return false;
  return table.constraints.some(
    (constraint) =>
      constraint.kind === 'primary-key' &&
      constraint.terms.some((term) => foldName(term.name ?? term.text) === foldName(name)),
  );
}
