import type { Session } from '../../database/session.ts';
import { filterKey } from '../filter/compile-filter.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { resolveFilter } from '../filter/resolve-filter.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { filterValues, readOptions } from '../read/reader.ts';
import { checkWindow, compileLimit, compileWhere } from '../read/select.ts';
import type { TablePlan } from '../table-plan.ts';
import type { AggregateOptions } from './aggregate-options.ts';
import { operators, resolveAggregate, type AggregateOrder, type Aggregation } from './resolve-aggregate.ts';

type Row = Record<string, unknown>;
type Window = Pick<AggregateOptions<Row>, 'limit' | 'offset'>;

/** Computes over groups of rows in the database. */
export class Aggregator {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  async aggregate(session: Session, options: AggregateOptions<Row>): Promise<Row[]> {
    const { plan } = this;
    const { where, withDeleted, limit, offset } = options;
    checkWindow(limit, offset, plan);
    const filter = resolveFilter(where, withDeleted === true, plan, session);
    const aggregation = resolveAggregate(options, plan);
    const statement = this.plans.get(shapeOf(aggregation, filter, options), () =>
      compile(aggregation, filter, options, plan),
    );
    const values = [...filterValues(filter, plan), ...aggregation.having.map(({ value }) => value)];
    for (const value of [limit, offset]) if (value !== undefined) values.push(value);
    const { rows } = await session.run(statement, values, readOptions);
    return rows.map((row) => toResult(row, aggregation));
  }
}

function shapeOf(
  { groups, measures, having, order }: Aggregation,
  filter: FilterNode | undefined,
  window: Window,
): string {
  const parts = [
    groups.map(({ position }) => position).join(),
    measures.map(({ name }) => name).join(),
    having.map(({ measure, operator }) => `${measure.name}${operator}`).join(),
    order.map(({ by, direction }) => `${direction}${'sql' in by ? by.name : by.position}`).join(),
    `${window.limit === undefined ? '' : 'l'}${window.offset === undefined ? '' : 'f'}`,
  ];
  return `a${filter === undefined ? '' : filterKey(filter)};${parts.join(';')}`;
}

function compile(
  { groups, measures, having, order }: Aggregation,
  filter: FilterNode | undefined,
  window: Window,
  plan: TablePlan,
): string {
  const writer = new QueryWriter(plan.dialect);
  const names = groups.map(({ name }) => name);
  const list = [...names, ...measures.map(({ sql }) => sql)].join(', ');
  const where = compileWhere(filter, writer);
  const conditions = having.map(
    ({ measure, operator }) => `${measure.key} ${operators[operator]} ${measure.parameter(writer)}`,
  );
  const terms = order.map((term) => orderTerm(term, writer));
  return [
    `select ${list} from ${plan.table}${where}`,
    names.length === 0 ? '' : ` group by ${names.join(', ')}`,
    conditions.length === 0 ? '' : ` having ${conditions.join(' and ')}`,
    terms.length === 0 ? '' : ` order by ${terms.join(', ')}`,
    compileLimit(window, writer),
  ].join('');
}

/** Any result but a count can be null. */
function orderTerm({ by, direction }: AggregateOrder, { rules }: QueryWriter): string {
  if ('sql' in by) return rules.orderTerm(by.key, direction, by.name !== 'count');
  return rules.orderTerm(rules.comparable(by.name, by.type), direction, by.nullable);
}

function toResult(row: readonly unknown[], { groups, measures }: Aggregation): Row {
  const result: Record<string, unknown> = {};
  for (const [place, { key, codec }] of groups.entries()) {
    const cell = row[place];
    result[key] = cell === null ? null : codec.decode(cell);
  }
  const byFunction: Record<string, Row> = {};
  for (const [place, { name, decode }] of measures.entries()) {
    const cell = row[groups.length + place];
    const value = cell === null ? null : decode(cell);
    const [how, key] = splitName(name);
    if (key === undefined) result[how] = value;
    else result[how] = Object.assign((byFunction[how] ??= {}), { [key]: value });
  }
  return result;
}

function splitName(name: string): readonly [string, string?] {
  const at = name.indexOf('.');
  return at < 0 ? [name] : [name.slice(0, at), name.slice(at + 1)];
}
