import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { printExpression } from '../../dialect/print-expression.ts';
import { unknownField } from '../filter/filter-node.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** A unique key of the table that an upsert can decide by. */
export interface UniqueKey {
  readonly fields: readonly Field[];
  /** The predicate of a partial index. */
  readonly where: string | undefined;
}

/**
 * The unique key over exactly these properties, or over them within the tenant; `FILTER_INVALID` when the table has
 * none.
 */
export function findUniqueKey(match: readonly string[], plan: TablePlan): UniqueKey {
  const { tenant } = plan;
  const found = keyOver(match, plan);
  if (found !== undefined) return found;
  const within = tenant === undefined || match.includes(tenant.key) ? undefined : keyOver([tenant.key, ...match], plan);
  if (within === undefined) throw noUniqueKey(match, plan);
  return within;
}

function keyOver(match: readonly string[], plan: TablePlan): UniqueKey | undefined {
  const fields = match.map((key) => {
    const field = plan.fieldOf.get(key);
    if (field === undefined) throw unknownField(key, plan);
    return field;
  });
  const columns = new Set(fields.map((field) => plan.definition.columns[field.position]?.columnName ?? ''));
  const sameColumns = (candidate: readonly string[]): boolean =>
    candidate.length === columns.size && candidate.every((column) => columns.has(column));

  const { primaryKey, uniques, indexes } = plan.definition.catalogTable;
  const plain = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniques];
  if (plain.some((key) => sameColumns(key.columns))) return { fields, where: undefined };
  const index = indexes.find(
    ({ unique, keys }) =>
      unique && keys.every((key) => key.column !== undefined) && sameColumns(keys.flatMap((key) => key.column ?? [])),
  );
  if (index === undefined) return undefined;
  const { text, variants } = plan.dialect;
  return { fields, where: index.where === undefined ? undefined : printExpression(index.where, text, variants) };
}

function noUniqueKey(match: readonly string[], plan: TablePlan): RowhouseError {
  return new RowhouseError('FILTER_INVALID', `${plan.label} has no unique key over ${match.join(', ')}`, {
    details: { table: plan.label, fields: match },
    hint: 'match on the primary key or on the columns of one unique() of the table',
  });
}
