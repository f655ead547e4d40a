import { noPrimaryKey } from '../key.ts';
import { orderKey, resolveOrder, type OrderField } from '../read/order.ts';
import type { TablePlan } from '../table-plan.ts';
import { readHash } from './cursor.ts';

/** The wished order and, behind it, the primary key: two rows never stand at one place. */
export interface PageOrder {
  readonly terms: readonly OrderField[];
  /** The same text for the same terms. */
  readonly key: string;
}

/** An order, and the one that leads through the same rows the other way. */
export interface PageOrders {
  readonly forwards: PageOrder;
  readonly backwards: PageOrder;
  /** Of a read in this order without a filter. */
  readonly identity: string;
}

/** Resolves the wished terms of an order. */
export function pageOrders(wished: readonly string[], plan: TablePlan): PageOrders {
  const order = resolveOrder(wished, plan);
  if (plan.primaryKey.length === 0) throw noPrimaryKey(plan);
  const missing = plan.primaryKey.filter((field) => !order.some((term) => term.field === field));
  const terms = [...order, ...missing.map((field) => ({ field, direction: 'asc' as const }))];
  const forwards = pageOrder(terms);
  return { forwards, backwards: pageOrder(terms.map(reverse)), identity: readIdentity(plan, forwards, '', []) };
}

/** What ties a cursor to its read: the table, the order, and the filter's shape and values. */
export function readIdentity(
  { label }: TablePlan,
  { terms }: PageOrder,
  shape: string,
  values: readonly unknown[],
): string {
  return readHash([label, shape, values, terms.map(orderKey)]);
}

function pageOrder(terms: readonly OrderField[]): PageOrder {
  return { terms, key: terms.map(orderKey).join() };
}

function reverse({ field, direction }: OrderField): OrderField {
  return { field, direction: direction === 'asc' ? 'desc' : 'asc' };
}
