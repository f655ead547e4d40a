import type { Expression } from '../../catalog/model/expression.ts';
import type { IndexKey } from '../../catalog/model/index-definition.ts';
import { loweredColumn } from '../../catalog/model/lowered-column.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { printExpression } from '../../dialect/print-expression.ts';
import { unknownField } from '../filter/filter-node.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** A unique key of the table that an upsert can decide by. */
export interface UniqueKey {
  readonly fields: readonly Field[];
  /** Those of them that it compares in small letters. */
  readonly ignoringCase: readonly Field[];
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
  const { primaryKey, uniques, indexes } = plan.definition.catalogTable;
  const plain = [...(primaryKey === undefined ? [] : [primaryKey]), ...uniques];
  if (plain.some((key) => isSame(key.columns, columns))) return { fields, ignoringCase: [], where: undefined };
  const index = indexes.find(({ unique, keys }) => unique && isSame(keys.map(comparedColumn), columns));
  if (index === undefined) return undefined;
  const lowered = index.keys.flatMap(({ expression }) => loweredColumn(expression) ?? []);
  const { text, variants } = plan.dialect;
  return {
    fields,
    ignoringCase: fields.filter(({ position }) =>
      lowered.includes(plan.definition.columns[position]?.columnName ?? ''),
    ),
    where: index.where === undefined ? undefined : printExpression(index.where, text, variants),
  };
}

/** The column that a key of an index compares, as it is or in small letters. */
function comparedColumn({ column, expression }: IndexKey): string | undefined {
  return column ?? loweredColumn(expression);
}

function isSame(columns: readonly (string | undefined)[], wanted: ReadonlySet<string>): boolean {
  return columns.length === wanted.size && columns.every((column) => column !== undefined && wanted.has(column));
}

function noUniqueKey(match: readonly string[], plan: TablePlan): RowhouseError {
  const compared = comparedInstead(match, plan);
  if (compared !== undefined) {
    return new RowhouseError(
      'FILTER_INVALID',
      `${plan.label}: the unique key over ${match.join(', ')} compares ${compared}, and not the columns as they are`,
      {
        details: { table: plan.label, fields: match },
        hint: 'match on a key of columns or of lower(column); or insert, and on UNIQUE_VIOLATION find the row',
      },
    );
  }
  return new RowhouseError('FILTER_INVALID', `${plan.label} has no unique key over ${match.join(', ')}`, {
    details: { table: plan.label, fields: match },
    hint: 'match on the primary key or on the columns of one unique() of the table',
  });
}

/** The expressions of a unique index over these properties, within the tenant or not; undefined without such an index. */
function comparedInstead(match: readonly string[], { definition, dialect }: TablePlan): string | undefined {
  const tenant = definition.roles.tenant?.columnName;
  const wanted = new Set(
    definition.columns.filter(({ key }) => match.includes(key)).map((column) => column.columnName),
  );
  for (const { unique, keys } of definition.catalogTable.indexes) {
    const expressions = keys.flatMap(({ expression }) => expression ?? []);
    const columns = new Set(keys.flatMap(({ column, expression }) => column ?? namesIn(expression)));
    if (tenant !== undefined && !wanted.has(tenant)) columns.delete(tenant);
    if (!unique || expressions.length === 0 || !isSame([...columns], wanted)) continue;
    return expressions.map((one) => printExpression(one, dialect.text, dialect.variants)).join(', ');
  }
  return undefined;
}

function namesIn(expression: Expression | undefined): readonly string[] {
  return (expression?.parts ?? []).flatMap((part) => (part.kind === 'name' ? part.name : []));
}
