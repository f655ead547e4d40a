import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { unknownField } from '../filter/filter-node.ts';
import type { QueryWriter } from '../query-writer.ts';
import type { Field, TablePlan } from '../table-plan.ts';

/** One term of an order, resolved. */
export interface OrderField {
  readonly field: Field;
  readonly direction: 'asc' | 'desc';
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

/** ` order by …`, or nothing. */
export function compileOrder(order: readonly OrderField[], writer: QueryWriter): string {
  return order.length === 0 ? '' : ` order by ${orderTerms(order, writer)}`;
}

/** What stands after `order by`. */
export function orderTerms(order: readonly OrderField[], { rules }: QueryWriter): string {
  return order
    .map(({ field, direction }) => rules.orderTerm(rules.comparable(field.name, field.type), direction, field.nullable))
    .join(', ');
}

export function orderKey({ field, direction }: OrderField): string {
  return `${direction === 'desc' ? '-' : ''}${field.position}`;
}
