import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { TablePlan } from '../../repository/table-plan.ts';
import { findUniqueKey } from '../../repository/write/unique-key.ts';
import { seedInvalid } from '../seed-error.ts';
import type { RowsSource } from '../source/seed-source.ts';
import type { SeedSchema } from './seed-schema.ts';

/**
 * The properties that decide whether a row is there already: those the seed names, else those of the table's only unique
 * key, else the primary key.
 */
export function naturalKey({ file, key }: RowsSource, plan: TablePlan, schema: SeedSchema): readonly string[] {
  if (key === undefined) return onlyKey(plan, file);
  const properties = key.map((name) => schema.field(plan, name, { file }).key);
  const hint = `its unique keys are ${listed(keysOf(plan))}`;
  try {
    const { ignoringCase } = findUniqueKey(properties, plan);
    if (ignoringCase.length === 0) return properties;
  } catch (cause) {
    if (!RowhouseError.has(cause, 'FILTER_INVALID')) throw cause;
    throw seedInvalid({ file }, cause.message, { hint, cause });
  }
  throw seedInvalid({ file }, `${plan.label}: the unique key over ${properties.join(', ')} ignores letter case`, {
    hint,
  });
}

function onlyKey(plan: TablePlan, file: string): readonly string[] {
  const keys = keysOf(plan);
  const [only, ...others] = keys;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined && plan.primaryKey.length > 0) return plan.primaryKey.map(({ key }) => key);
  const reason = only === undefined ? 'has no unique key' : `has several unique keys: ${listed(keys)}`;
  throw seedInvalid({ file }, `${plan.label} ${reason}`, {
    hint: only === undefined ? 'a seed can only be applied again by a unique key' : 'say which one with "key"',
  });
}

/** The unique keys beside the primary key, over plain columns; each set of columns once. */
function keysOf({ definition: { columns, catalogTable } }: TablePlan): readonly (readonly string[])[] {
  const indexes = catalogTable.indexes.filter(
    ({ unique, keys }) => unique && keys.every(({ column }) => column !== undefined),
  );
  const keys = [
    ...catalogTable.uniques.map((unique) => unique.columns),
    ...indexes.map((index) => index.keys.flatMap(({ column }) => column ?? [])),
  ].map((names) => names.flatMap((name) => columns.find(({ columnName }) => columnName === name)?.key ?? []));
  return [...new Map(keys.map((key) => [key.toSorted().join(), key])).values()];
}

function listed(keys: readonly (readonly string[])[]): string {
  return keys.map((key) => `(${key.join(', ')})`).join(', ') || 'none beside the primary key';
}
