import type { FullTextRules } from '../../dialect/full-text-rules.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** How words are found in a column. `CAPABILITY_MISSING` where the engine cannot, or lacks the index that it needs. */
export function fullTextOf(field: Field, plan: TablePlan): FullTextRules {
  const { fullText } = plan.dialect.queries;
  if (fullText === undefined) throw missing(field, plan, 'the engine has no full-text search');
  const { needsIndex } = fullText;
  if (needsIndex === undefined || hasIndex(needsIndex, field, plan)) return fullText;
  throw missing(field, plan, `a search for words needs an index by the method ${needsIndex} on this column alone`);
}

function hasIndex(method: string, field: Field, { definition }: TablePlan): boolean {
  const column = definition.columns[field.position]?.columnName;
  return definition.catalogTable.indexes.some(
    (index) => index.method === method && index.keys.length === 1 && index.keys[0]?.column === column,
  );
}

function missing(field: Field, { label }: TablePlan, reason: string): RowhouseError {
  return new RowhouseError('CAPABILITY_MISSING', `${label}.${field.key}: ${reason}`, {
    details: { table: label, field: field.key, capability: 'fullText' },
    hint: 'search() and contains find text anywhere, on every engine',
  });
}
