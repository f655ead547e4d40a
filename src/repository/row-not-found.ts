import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { TablePlan } from './table-plan.ts';

/** The error of a call that needs a row which is not there. */
export function rowNotFound(plan: TablePlan): RowhouseError {
  return new RowhouseError('ROW_NOT_FOUND', `there is no such row in ${plan.label}`, {
    details: { table: plan.label },
  });
}
