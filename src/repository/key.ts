import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Key } from './repository.ts';
import type { TablePlan } from './table-plan.ts';
import { unknownField } from './filter/filter-node.ts';
import { encodeValue } from './write/encode-value.ts';

/** The key's columns in wire form, in the order of the primary key. */
export function encodeKey(key: Key, plan: TablePlan): unknown[] {
  const [first] = plan.primaryKey;
  if (first === undefined) throw noPrimaryKey(plan);
  if (plan.primaryKey.length === 1 && !isComposite(key)) return [encodeValue(first, key, plan)];
  if (!isComposite(key)) throw wrongKey(plan);
  for (const name of Object.keys(key)) {
    if (!plan.primaryKey.some((field) => field.key === name)) throw unknownField(name, plan);
  }
  return plan.primaryKey.map((field) => {
    const value = key[field.key];
    if (value === undefined) throw wrongKey(plan);
    return encodeValue(field, value, plan);
  });
}

function isComposite(key: Key): key is Readonly<Record<string, unknown>> {
  return typeof key === 'object' && key !== null;
}

export function noPrimaryKey(plan: TablePlan): RowhouseError {
  return new RowhouseError('CAPABILITY_MISSING', `table ${plan.label} has no primary key`, {
    details: { table: plan.label },
    hint: 'give the table a primary key, or use getBy, updateWhere and deleteWhere',
  });
}

function wrongKey(plan: TablePlan): RowhouseError {
  const fields = plan.primaryKey.map(({ key }) => key).join(', ');
  return new RowhouseError('VALUE_INVALID', `table ${plan.label}: the key is { ${fields} }`, {
    details: { table: plan.label },
  });
}
