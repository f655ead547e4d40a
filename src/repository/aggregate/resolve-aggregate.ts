import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { unknownField } from '../filter/filter-node.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { countMeasure, measureOf, type Measure, type MeasureFunction } from './measure.ts';

/** A group's condition: one comparison of one measure. */
export interface HavingTerm {
  readonly measure: Measure;
  readonly operator: keyof typeof operators;
  readonly value: unknown;
}

export interface AggregateOrder {
  readonly by: Measure | Field;
  readonly direction: 'asc' | 'desc';
}

/** What an aggregate is made of: resolved and checked. */
export interface Aggregation {
  readonly groups: readonly Field[];
  readonly measures: readonly Measure[];
  readonly having: readonly HavingTerm[];
  readonly order: readonly AggregateOrder[];
}

export interface AggregateWish {
  readonly groupBy?: readonly string[] | undefined;
  readonly count?: true | undefined;
  readonly sum?: readonly string[] | undefined;
  readonly avg?: readonly string[] | undefined;
  readonly min?: readonly string[] | undefined;
  readonly max?: readonly string[] | undefined;
  readonly having?: object | undefined;
  readonly order?: readonly string[] | undefined;
}

export const operators = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const functions: readonly MeasureFunction[] = ['sum', 'avg', 'min', 'max'];
const ungrouped: ReadonlySet<string> = new Set(['json', 'array', 'vector', 'interval', 'bytes']);

/** Checks the wish against the table. */
export function resolveAggregate(wish: AggregateWish, plan: TablePlan): Aggregation {
  refuseUnknownOptions(wish, 'aggregate', plan);
  const groups = (wish.groupBy ?? []).map((key) => groupField(key, plan));
  const measures = [
    ...(wish.count === true ? [countMeasure()] : []),
    ...functions.flatMap((how) => (wish[how] ?? []).map((key) => measureOf(how, fieldOf(key, plan), plan))),
  ];
  if (groups.length + measures.length === 0) throw invalid(plan, 'an aggregate asks for something to compute');
  return {
    groups,
    measures,
    having: resolveHaving(wish.having ?? {}, plan),
    order: (wish.order ?? []).map((term) => resolveOrder(term, groups, plan)),
  };
}

function resolveHaving(having: object, plan: TablePlan): readonly HavingTerm[] {
  return Object.entries(having).flatMap(([name, condition]: [string, unknown]) => {
    if (name === 'count') return comparisons(countMeasure(), condition, plan);
    const how = functions.find((one) => one === name);
    if (how === undefined) throw invalid(plan, `having has no ${name}`);
    return entriesOf(condition, name, plan).flatMap(([key, comparison]) =>
      comparisons(measureOf(how, fieldOf(key, plan), plan), comparison, plan),
    );
  });
}

function comparisons(measure: Measure, condition: unknown, plan: TablePlan): readonly HavingTerm[] {
  return entriesOf(condition, measure.name, plan).map(([operator, value]) => {
    if (!isOperator(operator)) {
      throw new RowhouseError('OPERATOR_UNKNOWN', `${plan.label}: having ${measure.name} has no operator ${operator}`, {
        details: { table: plan.label, operator },
        hint: `the operators are ${Object.keys(operators).join(', ')}`,
      });
    }
    if (value === undefined || value === null) throw invalid(plan, `${operator} takes a value, not ${String(value)}`);
    return { measure, operator, value: measure.encode(value) };
  });
}

function resolveOrder(term: string, groups: readonly Field[], plan: TablePlan): AggregateOrder {
  const direction = term.startsWith('-') ? 'desc' : 'asc';
  const name = direction === 'desc' ? term.slice(1) : term;
  const group = groups.find(({ key }) => key === name);
  if (group !== undefined) return { by: group, direction };
  if (name === 'count') return { by: countMeasure(), direction };
  const [word, ...rest] = name.split('.');
  const how = functions.find((one) => one === word);
  if (how !== undefined && rest.length > 0) {
    return { by: measureOf(how, fieldOf(rest.join('.'), plan), plan), direction };
  }
  throw new RowhouseError('ORDER_INVALID', `${plan.label}: an aggregate cannot be ordered by ${name}`, {
    details: { table: plan.label, field: name },
    hint: 'order by a property of groupBy, by count, or by a result such as sum.price',
  });
}

function groupField(key: string, plan: TablePlan): Field {
  const field = fieldOf(key, plan);
  if (!ungrouped.has(field.type.kind)) return field;
  throw invalid(plan, `rows are not grouped by ${key}: the column is ${field.type.kind}`);
}

function fieldOf(key: string, plan: TablePlan): Field {
  const field = plan.fieldOf.get(key);
  if (field === undefined) throw unknownField(key, plan);
  return field;
}

function entriesOf(condition: unknown, name: string, plan: TablePlan): readonly [string, unknown][] {
  if (typeof condition === 'object' && condition !== null && !Array.isArray(condition))
    return Object.entries(condition);
  throw invalid(plan, `having ${name} takes comparisons`);
}

function isOperator(name: string): name is keyof typeof operators {
  return Object.hasOwn(operators, name);
}

function invalid(plan: TablePlan, reason: string): RowhouseError {
  return new RowhouseError('FILTER_INVALID', `${plan.label}: ${reason}`, { details: { table: plan.label } });
}
