import type { QueryRules } from '../../dialect/query-rules.ts';
import type { QueryWriter } from '../query-writer.ts';
import type { OrderField } from '../read/order.ts';

/** Part of the plan's key: which of the cursor's values are null, as their SQL differs. */
export function seekKey(at: readonly (string | null)[]): string {
  return `@${at.map((value) => (value === null ? 'n' : 'v')).join('')}`;
}

/**
 * "Comes after the row at the cursor" in this order. Nulls stand last going up and first going down.
 * Same direction throughout and nothing nullable: one row comparison, where an index serves that. Otherwise, for each
 * column: it is beyond, or it is equal and the rest is beyond.
 */
export function compileSeek(order: readonly OrderField[], at: readonly (string | null)[], writer: QueryWriter): string {
  return comparesRows(order, writer.rules) ? compileRowComparison(order, writer) : compileStep(order, at, 0, writer);
}

/** The values in the order of the placeholders that `compileSeek` writes. */
export function seekValues(
  order: readonly OrderField[],
  at: readonly unknown[],
  rules: QueryRules,
): readonly unknown[] {
  return comparesRows(order, rules) ? at : stepValues(at, 0);
}

function comparesRows(order: readonly OrderField[], { rowComparisons }: QueryRules): boolean {
  return (
    rowComparisons === true &&
    order.every(({ field, direction }) => !field.nullable && direction === order[0]?.direction)
  );
}

function compileRowComparison(order: readonly OrderField[], writer: QueryWriter): string {
  const { rules } = writer;
  const columns = order.map(({ field }) => rules.comparable(field.name, field.type));
  const values = order.map(({ field }) => rules.parameter(writer.placeholder(), field.type));
  const operator = order[0]?.direction === 'desc' ? '<' : '>';
  return `(${columns.join(', ')}) ${operator} (${values.join(', ')})`;
}

function compileStep(
  order: readonly OrderField[],
  at: readonly (string | null)[],
  position: number,
  writer: QueryWriter,
): string {
  const term = order[position];
  if (term === undefined) return '1 = 0';
  const beyond = compileBeyond(term, at[position] === null, writer);
  if (position === order.length - 1) return beyond;
  const equal = compileEqual(term, at[position] === null, writer);
  return `${beyond} or (${equal} and (${compileStep(order, at, position + 1, writer)}))`;
}

function compileBeyond({ field, direction }: OrderField, atNull: boolean, writer: QueryWriter): string {
  if (atNull) return direction === 'desc' ? `${field.name} is not null` : '1 = 0';
  const { rules } = writer;
  const operator = direction === 'desc' ? '<' : '>';
  const sql = `${rules.comparable(field.name, field.type)} ${operator} ${rules.parameter(writer.placeholder(), field.type)}`;
  return direction === 'asc' && field.nullable ? `(${sql} or ${field.name} is null)` : sql;
}

function compileEqual({ field }: OrderField, atNull: boolean, writer: QueryWriter): string {
  if (atNull) return `${field.name} is null`;
  const { rules } = writer;
  return `${rules.comparable(field.name, field.type)} = ${rules.parameter(writer.placeholder(), field.type)}`;
}

/** A value that is not null is bound twice, to be beyond and to be equal; the last one only to be beyond. */
function stepValues(at: readonly unknown[], position: number): readonly unknown[] {
  if (position >= at.length) return [];
  const value = at[position];
  const own = value === null ? [] : position === at.length - 1 ? [value] : [value, value];
  return [...own, ...stepValues(at, position + 1)];
}
