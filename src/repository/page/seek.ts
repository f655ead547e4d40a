import type { QueryRules } from '../../dialect/query-rules.ts';
import type { QueryWriter } from '../query-writer.ts';
import type { OrderField } from '../read/order.ts';
import type { Position } from './cursor.ts';

/** What tells the SQL of one position from that of another: which of its values are null, and whether its row counts. */
export function seekKey({ at, withRow }: Position): string {
  let key = withRow ? '=' : '@';
  for (const value of at) key += value === null ? 'n' : 'v';
  return key;
}

/**
 * "Lies beyond this position" in this order. Nulls stand last going up and first going down.
 * Same direction throughout and nothing nullable: one row comparison, where an index serves that. Otherwise, for each
 * column: it is beyond, or it is equal and the rest is beyond.
 */
export function compileSeek(order: readonly OrderField[], position: Position, writer: QueryWriter): string {
  return comparesRows(order, writer.rules)
    ? compileRowComparison(order, position, writer)
    : compileStep(order, position, 0, writer);
}

/** The values in the order of the placeholders that `compileSeek` writes; `at` as bound. */
export function seekValues(
  order: readonly OrderField[],
  at: readonly unknown[],
  rules: QueryRules,
): readonly unknown[] {
  if (comparesRows(order, rules)) return at;
  const values: unknown[] = [];
  for (const [step, value] of at.entries()) {
    if (value === null) continue;
    values.push(value);
    // Once more, to be equal; of the last one beyond or equal is asked at once.
    if (step < at.length - 1) values.push(value);
  }
  return values;
}

function comparesRows(order: readonly OrderField[], { rowComparisons }: QueryRules): boolean {
  return (
    rowComparisons === true &&
    order.every(({ field, direction }) => !field.nullable && direction === order[0]?.direction)
  );
}

function compileRowComparison(order: readonly OrderField[], { withRow }: Position, writer: QueryWriter): string {
  const { rules } = writer;
  const columns = order.map(({ field }) => rules.comparable(field.name, field.type));
  const values = order.map(({ field }) => rules.parameter(writer.placeholder(), field.type));
  const operator = `${order[0]?.direction === 'desc' ? '<' : '>'}${withRow ? '=' : ''}`;
  return `(${columns.join(', ')}) ${operator} (${values.join(', ')})`;
}

function compileStep(order: readonly OrderField[], position: Position, step: number, writer: QueryWriter): string {
  const term = order[step];
  if (term === undefined) return '1 = 0';
  const atNull = position.at[step] === null;
  const isLast = step === order.length - 1;
  const beyond = compileBeyond(term, { atNull, orEqual: isLast && position.withRow }, writer);
  if (isLast) return beyond;
  const equal = compileEqual(term, atNull, writer);
  return `${beyond} or (${equal} and (${compileStep(order, position, step + 1, writer)}))`;
}

interface Beyond {
  readonly atNull: boolean;
  readonly orEqual: boolean;
}

function compileBeyond({ field, direction }: OrderField, { atNull, orEqual }: Beyond, writer: QueryWriter): string {
  if (atNull) return compileBeyondNull(field.name, direction, orEqual);
  const { rules } = writer;
  const operator = `${direction === 'desc' ? '<' : '>'}${orEqual ? '=' : ''}`;
  const sql = `${rules.comparable(field.name, field.type)} ${operator} ${rules.parameter(writer.placeholder(), field.type)}`;
  return direction === 'asc' && field.nullable ? `(${sql} or ${field.name} is null)` : sql;
}

function compileBeyondNull(name: string, direction: OrderField['direction'], orEqual: boolean): string {
  if (direction === 'asc') return orEqual ? `${name} is null` : '1 = 0';
  return orEqual ? '1 = 1' : `${name} is not null`;
}

function compileEqual({ field }: OrderField, atNull: boolean, writer: QueryWriter): string {
  if (atNull) return `${field.name} is null`;
  const { rules } = writer;
  return `${rules.comparable(field.name, field.type)} = ${rules.parameter(writer.placeholder(), field.type)}`;
}
