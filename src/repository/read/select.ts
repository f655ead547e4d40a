import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Statement } from '../../driver/connection.ts';
import { collectValues, compileFilter, filterKey } from '../filter/compile-filter.ts';
import { parseFilter, unknownField, type FilterNode } from '../filter/filter-node.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** One term of an order, resolved. */
export interface OrderField {
  readonly field: Field;
  readonly direction: 'asc' | 'desc';
}

/** What a read is made of: resolved and checked. */
export interface Selection {
  readonly filter: FilterNode | undefined;
  readonly order: readonly OrderField[];
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

const unorderedKinds: ReadonlySet<string> = new Set(['json', 'array', 'vector', 'interval']);

/** `['-createdAt', 'name']` → fields and directions. */
export function resolveOrder(order: readonly string[], plan: TablePlan): readonly OrderField[] {
  return order.map((term) => {
    const descending = term.startsWith('-');
    const key = descending ? term.slice(1) : term;
    const field = plan.fieldOf.get(key);
    if (field === undefined) throw unknownField(key, plan);
    if (unorderedKinds.has(field.type.kind)) {
      throw new RowhouseError('ORDER_INVALID', `${plan.label}.${key} is ${field.type.kind}, which has no order`, {
        details: { table: plan.label, field: key },
      });
    }
    return { field, direction: descending ? 'desc' : 'asc' };
  });
}

/** The filter of a call with the rule that soft-deleted rows are not there. */
export function resolveFilter(
  where: object | undefined,
  withDeleted: boolean,
  plan: TablePlan,
): FilterNode | undefined {
  const given = where === undefined ? undefined : parseFilter(where, plan);
  const living = withDeleted ? undefined : livingOnly(plan);
  if (given === undefined || living === undefined) return given ?? living;
  return { kind: 'all', parts: [living, given] };
}

function livingOnly({ deletedAt }: TablePlan): FilterNode | undefined {
  return deletedAt === undefined ? undefined : { kind: 'null', field: deletedAt, isNull: true };
}

/** A select of the whole row, from the cache. */
export function bindSelect(selection: Selection, plan: TablePlan, plans: PlanCache): BoundStatement {
  const { filter, order, limit, offset } = selection;
  const key = `s${filter === undefined ? '' : filterKey(filter)}o${order.map(orderKey).join()}${limit === undefined ? '' : 'l'}${offset === undefined ? '' : 'f'}`;
  const statement = plans.get(key, () => compileSelect(selection, plan));
  return { statement, values: bindSelection(selection, plan) };
}

function bindSelection({ filter, limit, offset }: Selection, plan: TablePlan): readonly unknown[] {
  const values: unknown[] = [];
  if (filter !== undefined) collectValues(filter, { rules: plan.dialect.queries }, values);
  if (limit !== undefined) values.push(limit);
  if (offset !== undefined) values.push(offset);
  return values;
}

function compileSelect(selection: Selection, plan: TablePlan): string {
  const writer = new QueryWriter(plan.dialect);
  return `select ${plan.selectList} from ${plan.table}${compileWhere(selection.filter, writer)}${compileOrder(selection.order, writer)}${compileLimit(selection, writer)}`;
}

/** ` where …`, or nothing. */
export function compileWhere(filter: FilterNode | undefined, writer: QueryWriter): string {
  return filter === undefined ? '' : ` where ${compileFilter(filter, writer)}`;
}

/** ` order by …`, or nothing. */
export function compileOrder(order: readonly OrderField[], { rules }: QueryWriter): string {
  if (order.length === 0) return '';
  const terms = order.map(({ field, direction }) =>
    rules.orderTerm(rules.comparable(field.name, field.type), direction, field.nullable),
  );
  return ` order by ${terms.join(', ')}`;
}

function compileLimit({ limit, offset }: Selection, writer: QueryWriter): string {
  if (limit === undefined) return '';
  return ` limit ${writer.placeholder()}${offset === undefined ? '' : ` offset ${writer.placeholder()}`}`;
}

export function orderKey({ field, direction }: OrderField): string {
  return `${direction === 'desc' ? '-' : ''}${field.position}`;
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
