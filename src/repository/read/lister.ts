import type { Session } from '../../database/session.ts';
import { filterKey } from '../filter/compile-filter.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { resolveFilter } from '../filter/resolve-filter.ts';
import { resolveInclude, type IncludeOptions } from '../include/include-tree.ts';
import { compileSelectList, includeKey, includeValues } from '../include/select-list.ts';
import { rowMapper } from '../include/tree-mapper.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { CountedRows, ListOptions } from '../repository.ts';
import type { TablePlan } from '../table-plan.ts';
import { compileOrder, orderKey, resolveOrder } from './order.ts';
import { filterValues, readOptions } from './reader.ts';
import { checkWindow, compileLimit, compileWhere, type Selection } from './select.ts';

type Row = Record<string, unknown>;

/** Lists rows together with the number of all that the filter finds. */
export class Lister {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  /** The count stands in every row, from one snapshot with it; a window beyond the last row has none, so it is asked. */
  async listAndCount(session: Session, options: ListOptions<Row> & IncludeOptions): Promise<CountedRows<Row>> {
    const { plan } = this;
    refuseUnknownOptions(options, 'listAndCount', plan);
    checkWindow(options.limit, options.offset, plan);
    const selection: Selection = {
      include: resolveInclude(options, plan, session),
      filter: resolveFilter(options.where, options.withDeleted === true, plan, session),
      order: options.order === undefined ? [] : resolveOrder(options.order, plan),
      limit: options.limit,
      offset: options.offset,
    };
    const { rows } = await this.run(session, selection);
    const [first] = rows;
    const total = first === undefined ? await this.countBeyond(session, selection) : Number(first.at(-1));
    return { rows: rows.map(rowMapper(selection.include, plan)), total };
  }

  private async run(
    session: Session,
    selection: Selection,
  ): Promise<{ readonly rows: readonly (readonly unknown[])[] }> {
    const { plan } = this;
    const { include, filter, order, limit, offset } = selection;
    const window = [limit, offset].filter((value) => value !== undefined);
    const shape = `n${includeKey(include)}${partKey(filter)}o${order.map(orderKey).join()}w${window.length}`;
    const statement = this.plans.get(shape, () => {
      const writer = new QueryWriter(plan.dialect);
      const list = compileSelectList(include, plan, writer);
      const count = `(select count(*) from ${plan.table}${compileWhere(filter, writer)})`;
      return `select ${list}, ${count} from ${plan.table}${compileWhere(filter, writer)}${compileOrder(order, writer)}${compileLimit(selection, writer)}`;
    });
    const found = filterValues(filter, plan);
    return await session.run(statement, [...includeValues(include, plan), ...found, ...found, ...window], readOptions);
  }

  private async countBeyond(session: Session, { filter, limit, offset = 0 }: Selection): Promise<number> {
    if (offset === 0 && limit !== 0) return 0;
    const { plan } = this;
    const statement = this.plans.get(`c${partKey(filter)}`, () => {
      return `select count(*) from ${plan.table}${compileWhere(filter, new QueryWriter(plan.dialect))}`;
    });
    const { rows } = await session.run(statement, filterValues(filter, plan), readOptions);
    return Number(rows[0]?.[0]);
  }
}

function partKey(filter: FilterNode | undefined): string {
  return filter === undefined ? '' : filterKey(filter);
}
