import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { collectValues } from '../../repository/filter/compile-filter.ts';
import { resolveFilter } from '../../repository/filter/resolve-filter.ts';
import { namedStatement } from '../../repository/plan-cache.ts';
import { QueryWriter } from '../../repository/query-writer.ts';
import { compileWhere } from '../../repository/read/select.ts';
import type { TablePlan } from '../../repository/table-plan.ts';
import { encodeValue } from '../../repository/write/encode-value.ts';

type Values = Readonly<Record<string, unknown>>;

/** Writes values over those of all rows that the filter finds, soft-deleted rows and immutable properties included. */
export async function replaceValues(session: Session, plan: TablePlan, where: object, values: Values): Promise<void> {
  const filter = resolveFilter(where, true, plan, session);
  const writer = new QueryWriter(plan.dialect);
  const bound: unknown[] = [];
  const set = Object.entries(values).map(([key, value]) => {
    const field = plan.fieldOf.get(key);
    if (field === undefined || field.generated || value === undefined) throw notReplaceable(plan, key);
    bound.push(encodeValue(field, value, plan));
    return `${field.name} = ${writer.placeholder()}`;
  });
  const sql = `update ${plan.table} set ${set.join(', ')}${compileWhere(filter, writer)}`;
  if (filter !== undefined) collectValues(filter, { rules: plan.dialect.queries }, bound);
  await session.run(namedStatement(sql, plan.bigintRows), bound);
}

function notReplaceable({ label }: TablePlan, key: string): RowhouseError {
  return new RowhouseError('VALUE_INVALID', `erasure: nothing can be written over ${label}.${key}`, {
    details: { table: label, field: key },
    hint: 'give a value, or null, to a property that the database does not make itself',
  });
}
