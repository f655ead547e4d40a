import type { Column } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import { affinityOf } from '../types/affinity.ts';
import { declaredType } from '../types/declared-type.ts';
import { isOurWord, readType } from '../types/read-type.ts';
import { readDefault } from './default.ts';
import type { ParsedColumn } from './parse-table.ts';
import type { ColumnRow } from './read-rows.ts';

/** The declared type that was meant: the comment behind it, where it is one of our words. */
export function declaredAs(row: Pick<ColumnRow, 'type'>, parsed: ParsedColumn | undefined): string {
  const comment = parsed?.typeComment;
  return comment !== undefined && isOurWord(comment) ? comment : row.type;
}

/** A column from what the pragma reports and what its definition says. */
export function buildColumn(
  row: ColumnRow,
  parsed: ParsedColumn | undefined,
  facts: { readonly enumName: string | undefined; readonly isRowNumber: boolean },
): Column {
  const type: ColumnType =
    facts.enumName === undefined ? readType(declaredAs(row, parsed)) : { kind: 'enum', name: facts.enumName };
  const value =
    row.default === undefined || parsed?.generated !== undefined ? undefined : readDefault(row.default, type);
  return {
    name: row.name,
    type,
    nullable: !row.notNull && !facts.isRowNumber,
    ...(value === undefined ? {} : { default: value }),
    ...(parsed?.generated === undefined
      ? {}
      : { generated: { expression: textExpression(parsed.generated.expression), stored: parsed.generated.stored } }),
    ...(facts.isRowNumber ? { identity: { generation: 'by-default' } as const } : {}),
    ...(parsed?.collation === undefined ? {} : { collation: parsed.collation }),
    ...(isStoredOtherwise(row, parsed, type) ? { options: { declared: row.type.toLowerCase() } } : {}),
  };
}

/** Would SQLite store values in another way if the column were declared with our word for its type? */
function isStoredOtherwise(row: ColumnRow, parsed: ParsedColumn | undefined, type: ColumnType): boolean {
  const isMeantByWord = type.kind !== 'enum' && declaredAs(row, parsed) === row.type;
  return isMeantByWord && affinityOf(row.type) !== affinityOf(declaredType(type));
}
