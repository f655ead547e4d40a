import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { filterKey } from '../filter/compile-filter.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { resolveFilter } from '../filter/resolve-filter.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { EstimatedCount, EstimateOptions } from '../repository.ts';
import type { TablePlan } from '../table-plan.ts';
import { filterValues, readOptions, type Reader } from './reader.ts';
import { compileLimit, compileWhere } from './select.ts';

/** Says about how many rows a filter finds. */
export class Estimator {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;
  private readonly reader: Reader;

  constructor(plan: TablePlan, plans: PlanCache, reader: Reader) {
    this.plan = plan;
    this.plans = plans;
    this.reader = reader;
  }

  /** The planner's number. Where it is small the rows are counted, and no further than asked: planners err. */
  async estimateCount(session: Session, where: object | undefined, options: EstimateOptions): Promise<EstimatedCount> {
    refuseUnknownOptions(options, 'estimateCount', this.plan);
    const { exactUpTo = 0, withDeleted = false } = options;
    refuseNumber(exactUpTo, this.plan);
    const filter = resolveFilter(where, withDeleted, this.plan, session);
    const planned = await this.planned(session, filter);
    if (planned === undefined)
      return { count: await this.reader.count(session, where, { withDeleted }), isExact: true };
    if (exactUpTo === 0 || planned > exactUpTo) return { count: planned, isExact: false };
    const counted = await this.countUpTo(exactUpTo + 1, session, filter);
    return counted <= exactUpTo
      ? { count: counted, isExact: true }
      : { count: Math.max(planned, counted), isExact: false };
  }

  private async planned(session: Session, filter: FilterNode | undefined): Promise<number | undefined> {
    const { plan } = this;
    const { plannedRows } = plan.dialect.queries;
    if (plannedRows === undefined) return undefined;
    const statement = this.plans.get(`P${keyOf(filter)}`, () =>
      plannedRows.ask(`select 1 from ${plan.table}${compileWhere(filter, new QueryWriter(plan.dialect))}`),
    );
    return plannedRows.read(await session.run(statement, filterValues(filter, plan), readOptions));
  }

  private async countUpTo(limit: number, session: Session, filter: FilterNode | undefined): Promise<number> {
    const { plan } = this;
    const statement = this.plans.get(`Q${keyOf(filter)}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const rows = `select 1 from ${plan.table}${compileWhere(filter, writer)}${compileLimit({ limit }, writer)}`;
      return `select count(*) from (${rows}) as few`;
    });
    const { rows } = await session.run(statement, [...filterValues(filter, plan), limit], readOptions);
    return Number(rows[0]?.[0]);
  }
}

function keyOf(filter: FilterNode | undefined): string {
  return filter === undefined ? '' : filterKey(filter);
}

function refuseNumber(exactUpTo: number, { label }: TablePlan): void {
  if (Number.isSafeInteger(exactUpTo) && exactUpTo >= 0) return;
  throw new RowhouseError('FILTER_INVALID', `${label}: exactUpTo is a whole number from 0`, { details: { exactUpTo } });
}
