import { runNow } from '../../database/run-now.ts';
import type { Session } from '../../database/session.ts';
import type { Result } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { collectValues, filterKey } from '../filter/compile-filter.ts';
import { unknownField, type FilterNode } from '../filter/filter-node.ts';
import { escapeLike } from '../filter/like-pattern.ts';
import { resolveFilter } from '../filter/resolve-filter.ts';
import { withinReach } from '../filter/within-reach.ts';
import { resolveInclude, type IncludeOptions, type IncludeTree } from '../include/include-tree.ts';
import { compileSelectList, includeKey, includeValues } from '../include/select-list.ts';
import { rowMapper } from '../include/tree-mapper.ts';
import { encodeKey } from '../key.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { Key, ListOptions, ReadOptions, SearchOptions } from '../repository.ts';
import { rowNotFound } from '../row-not-found.ts';
import type { TablePlan } from '../table-plan.ts';
import { resolveOrder } from './order.ts';
import { bindSelect, checkWindow, compileWhere } from './select.ts';

type Row = Record<string, unknown>;

/** A read may be repeated when the line was lost. */
export const readOptions = { idempotent: true } as const;

type Reading = (ReadOptions & IncludeOptions) | undefined;

/** The reading half of a repository. */
export class Reader {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  async get(session: Session, key: Key, options: Reading): Promise<Row> {
    refuseUnknownOptions(options, 'get', this.plan);
    const include = resolveInclude(options, this.plan, session);
    const answer = this.runGet(session, key, include, options?.withDeleted === true);
    const { rows } = answer instanceof Promise ? await answer : answer;
    const [row] = rows;
    if (row === undefined) throw rowNotFound(this.plan);
    return rowMapper(include, this.plan)(row);
  }

  async find(session: Session, key: Key, options: Reading): Promise<Row | undefined> {
    refuseUnknownOptions(options, 'find', this.plan);
    const include = resolveInclude(options, this.plan, session);
    const answer = this.runGet(session, key, include, options?.withDeleted === true);
    const { rows } = answer instanceof Promise ? await answer : answer;
    const [row] = rows;
    return row === undefined ? undefined : rowMapper(include, this.plan)(row);
  }

  async list(session: Session, options: ListOptions<Row> & IncludeOptions): Promise<Row[]> {
    const { plan } = this;
    refuseUnknownOptions(options, 'list', plan);
    const include = resolveInclude(options, plan, session);
    checkWindow(options.limit, options.offset, plan);
    const { statement, values } = bindSelect(
      {
        include,
        filter: resolveFilter(options.where, options.withDeleted === true, plan, session),
        order: options.order === undefined ? [] : resolveOrder(options.order, plan),
        limit: options.limit,
        offset: options.offset,
      },
      plan,
      this.plans,
    );
    const answer = runNow(session, statement, values, readOptions);
    const { rows } = answer instanceof Promise ? await answer : answer;
    return rows.map(rowMapper(include, plan));
  }

  /** The first row by primary key that the filter finds. */
  async findBy(session: Session, where: object, options: Reading): Promise<Row | undefined> {
    const { plan } = this;
    refuseUnknownOptions(options, 'findBy', plan);
    const include = resolveInclude(options, plan, session);
    const filter = resolveFilter(where, options?.withDeleted === true, plan, session);
    const order = plan.primaryKey.map((field) => ({ field, direction: 'asc' as const }));
    const { statement, values } = bindSelect({ include, filter, order, limit: 1 }, plan, this.plans);
    const answer = runNow(session, statement, values, readOptions);
    const { rows } = answer instanceof Promise ? await answer : answer;
    const [row] = rows;
    return row === undefined ? undefined : rowMapper(include, plan)(row);
  }

  async count(session: Session, where: object | undefined, options: ReadOptions | undefined): Promise<number> {
    refuseUnknownOptions(options, 'count', this.plan);
    const [cell] = await this.runScalar(
      session,
      'c',
      (table, rest) => `select count(*) from ${table}${rest}`,
      where,
      options,
    );
    return Number(cell);
  }

  async exists(session: Session, where: object | undefined, options: ReadOptions | undefined): Promise<boolean> {
    refuseUnknownOptions(options, 'exists', this.plan);
    const found = await this.runScalar(
      session,
      'e',
      (table, rest) => `select 1 from ${table}${rest} limit 1`,
      where,
      options,
    );
    return found.length > 0;
  }

  async search(session: Session, text: string, options: SearchOptions<Row> & IncludeOptions): Promise<Row[]> {
    const { plan } = this;
    refuseUnknownOptions(options, 'search', plan);
    if (options.fields.length === 0) {
      throw new RowhouseError('FILTER_INVALID', `${plan.label}: a search needs at least one field`, {
        details: { table: plan.label },
      });
    }
    const pattern = `%${escapeLike(text)}%`;
    for (const key of options.fields) if (!plan.fieldOf.has(key)) throw unknownField(key, plan);
    const or = options.fields.map((key) => ({ [key]: { ilike: pattern } }));
    const where = options.where === undefined ? { or } : { and: [options.where, { or }] };
    const { include, limit, offset, order, withDeleted } = options;
    return await this.list(session, { include, where, limit, offset, order, withDeleted });
  }

  private async runScalar(
    session: Session,
    kind: string,
    compile: (table: string, rest: string) => string,
    where: object | undefined,
    options: ReadOptions | undefined,
  ): Promise<readonly unknown[]> {
    const { plan } = this;
    const filter = resolveFilter(where, options?.withDeleted === true, plan, session);
    const statement = this.plans.get(kind + (filter === undefined ? '' : filterKey(filter)), () =>
      compile(plan.table, compileWhere(filter, new QueryWriter(plan.dialect))),
    );
    const answer = runNow(session, statement, filterValues(filter, plan), readOptions);
    const { rows } = answer instanceof Promise ? await answer : answer;
    return rows[0] ?? [];
  }

  private runGet(
    session: Session,
    key: Key,
    include: IncludeTree | undefined,
    withDeleted: boolean,
  ): Result | Promise<Result> {
    const { plan } = this;
    const reach = withinReach(plan, session, withDeleted);
    const statement = this.plans.getOneRow(`G${includeKey(include)}${reach.key}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const list = compileSelectList(include, plan, writer);
      const row = compileKey(plan, writer);
      return `select ${list} from ${plan.table} where ${row}${reach.compile(writer)}`;
    });
    const values = encodeKey(key, plan);
    if (reach.values.length > 0) values.push(...reach.values);
    if (include !== undefined) values.unshift(...includeValues(include, plan));
    return runNow(session, statement, values, readOptions);
  }
}

/** `"a" = $1 and "b" = $2`: the row with a key. */
export function compileKey(plan: TablePlan, writer: QueryWriter): string {
  return plan.primaryKey.map(({ name }) => `${name} = ${writer.placeholder()}`).join(' and ');
}

export function filterValues(filter: FilterNode | undefined, plan: TablePlan): unknown[] {
  const values: unknown[] = [];
  if (filter !== undefined) collectValues(filter, { rules: plan.dialect.queries }, values);
  return values;
}
