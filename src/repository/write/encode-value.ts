import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** A value in wire form, null as it is. A value that the column cannot hold is `VALUE_INVALID` naming table and field. */
export function encodeValue(field: Field, value: unknown, plan: TablePlan): unknown {
  if (value === null) {
    if (field.nullable) return null;
    throw new RowhouseError('NOT_NULL_VIOLATION', `${plan.label}.${field.key} cannot be null`, {
      details: { table: plan.label, field: field.key },
    });
  }
  try {
    return field.codec.encode(value);
  } catch (error) {
    if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
    throw new RowhouseError('VALUE_INVALID', `${plan.label}.${field.key}: ${error.message}`, {
      details: { ...error.details, table: plan.label, field: field.key },
      hint: error.hint,
      cause: error,
    });
  }
}
