import type { Session } from '../../database/session.ts';
import type { WhenLocked } from '../../dialect/query-rules.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { allOf, reachOf } from '../filter/reach.ts';
import { resolveFilter } from '../filter/resolve-filter.ts';
import { encodeKey } from '../key.ts';
import type { PlanCache } from '../plan-cache.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { Key, ListOptions, LockListOptions, LockOptions } from '../repository.ts';
import { rowNotFound } from '../row-not-found.ts';
import type { TablePlan } from '../table-plan.ts';
import { resolveOrder } from './order.ts';
import { bindSelect, checkWindow, type Selection } from './select.ts';

type Row = Record<string, unknown>;

/** Reads rows that nobody else can change until the transaction ends. */
export class RowLocker {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  async lock(session: Session, key: Key, options: LockOptions): Promise<Row> {
    const { plan } = this;
    refuseUnknownOptions(options, 'lock', plan);
    const { whenLocked = 'wait' } = options;
    const filter = allOf(reachOf(plan, session, false), this.hasKey(key));
    const [row] = await this.read(session, { filter, order: [] }, whenLocked);
    if (row === undefined) throw rowNotFound(plan);
    return row;
  }

  async lockList(session: Session, options: ListOptions<Row> & LockListOptions): Promise<Row[]> {
    const { plan } = this;
    refuseUnknownOptions(options, 'lockList', plan);
    const { where, withDeleted, order = [], limit, offset, whenLocked = 'wait' } = options;
    checkWindow(limit, offset, plan);
    const filter = resolveFilter(where, withDeleted === true, plan, session);
    return await this.read(session, { filter, order: resolveOrder(order, plan), limit, offset }, whenLocked);
  }

  private async read(session: Session, selection: Selection, whenLocked: WhenLocked): Promise<Row[]> {
    const { plan } = this;
    if (!session.inTransaction) throw noTransaction(plan);
    const tail = plan.dialect.queries.rowLock?.(whenLocked);
    const { statement, values } = bindSelect({ ...selection, tail }, plan, this.plans);
    try {
      return (await session.run(statement, values)).rows.map(plan.mapRow);
    } catch (error) {
      if (whenLocked === 'fail' && RowhouseError.has(error, 'LOCK_TIMEOUT')) throw rowLocked(plan, error);
      throw error;
    }
  }

  private hasKey(key: Key): FilterNode {
    const values = encodeKey(key, this.plan);
    const parts = this.plan.primaryKey.map((field, place): FilterNode => ({
      kind: 'compare',
      field,
      operator: 'eq',
      value: values[place],
    }));
    return { kind: 'all', parts };
  }
}

function noTransaction({ label }: TablePlan): RowhouseError {
  return new RowhouseError('TRANSACTION_REQUIRED', `${label}: a lock ends with its transaction, and there is none`, {
    details: { table: label },
    hint: 'lock with a repository of a transaction: database.transaction(async (tx) => …)',
  });
}

function rowLocked({ label }: TablePlan, cause: RowhouseError): RowhouseError {
  return new RowhouseError('ROW_LOCKED', `another transaction has locked a row of ${label}`, {
    details: { table: label },
    cause,
  });
}
