import type { Column } from '../../../catalog/model/column.ts';
import type { IndexDefinition } from '../../../catalog/model/index-definition.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { refuse } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { printType } from '../types/print-type.ts';
import type { DefinitionContext } from './context.ts';
import { refuseUnsizedKey } from './key-size.ts';

/**
 * The type of the generated column for an indexed expression: that of the one column it reads; text long enough for all
 * when it reads several texts. Anything else is refused: a wrong guess would refuse rows later.
 */
export function keyColumnType(
  expression: string,
  index: IndexDefinition,
  table: Table,
  context: DefinitionContext,
): string {
  const columns = table.columns.filter(({ name }) => expression.includes(mysqlText.name(name)));
  for (const column of columns) refuseUnsizedKey(table, column);
  const [first, ...others] = columns;
  if (first !== undefined && others.length === 0) return printType(first.type, context.flavor, context.catalog);
  const length = columns.map(textLength).reduce((sum, part) => sum + part, 0);
  if (first !== undefined && Number.isFinite(length)) return `varchar(${length})`;
  throw refuse(
    table,
    index.name,
    'the type of an indexed expression cannot be told',
    'make it a generated column with a type, and index that',
  );
}

function textLength({ type }: Column): number {
  return type.kind === 'varchar' || type.kind === 'char' ? type.length : Number.NaN;
}
