import type { Fact, FactValue } from '../../../dialect/structure/fact.ts';
import type { ParsedColumn } from '../inspect/parse-table.ts';
import { tableShape, type TableShape } from '../rebuild/table-shape.ts';
import { withoutTail } from '../rebuild/table-text.ts';
import { isOurWord } from '../types/read-type.ts';
import { canonicalConstraint } from './canonical-constraint.ts';
import { canonicalExpression, canonicalText } from './canonical-text.ts';
import { foldName } from '../rebuild/fold-name.ts';

/**
 * A table with its columns and constraints: one fact, because SQLite changes most of them by making the whole anew. The
 * order of columns and constraints is no part of it.
 */
export function tableFact(sql: string): Fact {
  const shape = tableShape(withoutTail(sql));
  return {
    kind: 'table',
    id: tableId(shape.name),
    attributes: {
      name: shape.name,
      columns: Object.fromEntries(shape.columns.map((column) => [foldName(column.name), columnValue(column)])),
      constraints: constraintTexts(shape),
      strict: shape.strict,
      withoutRowid: shape.withoutRowid,
    },
    requires: [],
    notes: { sql: shape.sql },
  };
}

export function tableId(name: string): string {
  return `table ${foldName(name)}`;
}

export function constraintTexts(shape: Pick<TableShape, 'constraints'>): readonly string[] {
  return shape.constraints.map(canonicalConstraint).toSorted();
}

/** A column without its constraints. */
export function columnValue(column: ParsedColumn): FactValue {
  const { name, type, typeComment, notNull, notNullConflict, default: value, collation, generated } = column;
  return {
    name,
    type: canonicalText(type),
    ...(typeComment !== undefined && isOurWord(typeComment) ? { meant: typeComment } : {}),
    notNull,
    ...(notNullConflict === undefined ? {} : { conflict: notNullConflict }),
    ...(value === undefined ? {} : { default: canonicalExpression(value) }),
    ...(collation === undefined ? {} : { collation: foldName(collation) }),
    ...(generated === undefined
      ? {}
      : { generated: canonicalExpression(generated.expression), stored: generated.stored }),
  };
}

/** The text that made what the fact is about. */
export function textOf({ notes }: Fact): string {
  return wordOf(notes?.['sql']);
}

/** An attribute that is always text. */
export function wordOf(value: FactValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
