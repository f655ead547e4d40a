import type { Session } from '../../database/session.ts';
import { filterKey } from '../filter/compile-filter.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { allOf, reachOf } from '../filter/reach.ts';
import { encodeKey } from '../key.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { compileKey, filterValues } from '../read/reader.ts';
import { compileWhere } from '../read/select.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { Key, WriteManyOptions } from '../repository.ts';
import { rowNotFound } from '../row-not-found.ts';
import type { TablePlan } from '../table-plan.ts';
import { withinReach } from '../filter/within-reach.ts';
import { deletionMark } from './deletion-mark.ts';
import { parsePredicate } from './predicate.ts';
import { runCounted } from './writer.ts';

/** Deletes for good what is soft-deleted already: a living row is never lost in one step. */
export class Purger {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  async purge(session: Session, key: Key): Promise<void> {
    const { plan } = this;
    const mark = deletionMark(plan);
    const reach = withinReach(plan, session, true);
    const statement = this.plans.get(`z${reach.key}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const where = `${compileKey(plan, writer)} and ${mark.name} is not null${reach.compile(writer)}`;
      return `delete from ${plan.table} where ${where}`;
    });
    const { changes } = await session.run(statement, [...encodeKey(key, plan), ...reach.values]);
    if (changes === 0) throw rowNotFound(plan);
  }

  async purgeWhere(session: Session, where: object | 'all', options?: WriteManyOptions): Promise<number> {
    const { plan } = this;
    refuseUnknownOptions(options, 'purgeWhere', plan);
    const filter = this.amongDeleted(parsePredicate(where, plan, session), session);
    const statement = this.plans.get(`Z${filterKey(filter)}`, () => {
      return `delete from ${plan.table}${compileWhere(filter, new QueryWriter(plan.dialect))}`;
    });
    return await runCounted(session, plan, statement, filterValues(filter, plan), options);
  }

  private amongDeleted(given: FilterNode | undefined, session: Session): FilterNode {
    const { plan } = this;
    const deleted: FilterNode = { kind: 'null', field: deletionMark(plan), isNull: false };
    return allOf(reachOf(plan, session, true), deleted, given) ?? deleted;
  }
}
