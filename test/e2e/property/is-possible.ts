import type { Change } from '../../../src/catalog/change/change.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { planDown, planUp } from '../../../src/migration/plan/revision-plan.ts';
import { revision } from '../../integration/migration/history.ts';

/** Does the engine say that it can make the changes in this company, and take them back? */
export function fits(changes: readonly Change[], start: Catalog, dialect: Dialect): boolean {
  const one = revision('try', [], changes);
  try {
    planUp(one, start, dialect);
    planDown(one, start, dialect);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

const refusals = ['CAPABILITY_MISSING', 'CHANGE_UNSUPPORTED', 'PLAN_REFUSED', 'CHANGE_INVALID', 'SCHEMA_INVALID'];

export function isRefusal(error: unknown): boolean {
  return error instanceof RowhouseError && refusals.includes(error.code);
}
