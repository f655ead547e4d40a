import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Statement } from '../../driver/connection.ts';
import { collectValues, compileFilter, filterKey } from '../filter/compile-filter.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import type { IncludeTree } from '../include/include-tree.ts';
import { compileSelectList, includeKey, includeValues } from '../include/select-list.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import type { TablePlan } from '../table-plan.ts';
import { compileOrder, orderKey, type OrderField } from './order.ts';

/** What a read is made of: resolved and checked. */
export interface Selection {
  readonly include?: IncludeTree | undefined;
  readonly filter: FilterNode | undefined;
  readonly order: readonly OrderField[];
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** Text behind the select that locks its rows. */
  readonly tail?: string | undefined;
}

export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/** A select of the whole row, from the cache. */
export function bindSelect(selection: Selection, plan: TablePlan, plans: PlanCache): BoundStatement {
  const { include, filter, order, limit, offset, tail = '' } = selection;
  const key = `s${includeKey(include)}${filter === undefined ? '' : filterKey(filter)}o${order.map(orderKey).join()}${limit === undefined ? '' : 'l'}${offset === undefined ? '' : 'f'}${tail}`;
  const statement = plans.get(key, () => compileSelect(selection, plan));
  return { statement, values: bindSelection(selection, plan) };
}

function bindSelection({ include, filter, limit, offset }: Selection, plan: TablePlan): readonly unknown[] {
  const values = includeValues(include, plan);
  if (filter !== undefined) collectValues(filter, { rules: plan.dialect.queries }, values);
  if (limit !== undefined) values.push(limit);
  if (offset !== undefined) values.push(offset);
  return values;
}

function compileSelect(selection: Selection, plan: TablePlan): string {
  const writer = new QueryWriter(plan.dialect);
  return `select ${compileSelectList(selection.include, plan, writer)} from ${plan.table}${compileWhere(selection.filter, writer)}${compileOrder(selection.order, writer)}${compileLimit(selection, writer)}${selection.tail ?? ''}`;
}

/** ` where …`, or nothing. */
export function compileWhere(filter: FilterNode | undefined, writer: QueryWriter): string {
  return filter === undefined ? '' : ` where ${compileFilter(filter, writer)}`;
}

/** ` limit … offset …`, or nothing. */
export function compileLimit({ limit, offset }: Pick<Selection, 'limit' | 'offset'>, writer: QueryWriter): string {
  if (limit === undefined) return '';
  return ` limit ${writer.placeholder()}${offset === undefined ? '' : ` offset ${writer.placeholder()}`}`;
}

/** Limits and offsets are whole numbers from 0; an offset without a limit is refused, as engines differ there. */
export function checkWindow(limit: number | undefined, offset: number | undefined, plan: TablePlan): void {
  for (const [name, value] of [
    ['limit', limit],
    ['offset', offset],
  ] as const) {
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
      throw new RowhouseError('FILTER_INVALID', `${plan.label}: ${name} is a whole number from 0`, {
        details: { [name]: value },
      });
    }
  }
  if (offset !== undefined && limit === undefined) {
    throw new RowhouseError('FILTER_INVALID', `${plan.label}: an offset needs a limit`);
  }
}
