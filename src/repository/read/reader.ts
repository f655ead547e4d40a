import type { Session } from '../../database/session.ts';
import type { Result } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { filterKey, collectValues } from '../filter/compile-filter.ts';
import { escapeLike, unknownField, type FilterNode } from '../filter/filter-node.ts';
import { encodeKey } from '../key.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import type { Key, ListOptions, ReadOptions, SearchOptions } from '../repository.ts';
import { rowNotFound } from '../row-not-found.ts';
import type { TablePlan } from '../table-plan.ts';
import { bindSelect, checkWindow, compileWhere, resolveFilter, resolveOrder } from './select.ts';

type Row = Record<string, unknown>;

/** A read may be repeated when the line was lost. */
export const readOptions = { idempotent: true } as const;

/** The reading half of a repository. */
export class Reader {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  async get(session: Session, key: Key, options: ReadOptions | undefined): Promise<Row> {
    const { rows } = await this.runGet(session, key, options);
    const [row] = rows;
    if (row === undefined) throw rowNotFound(this.plan);
    return this.plan.mapRow(row);
  }

  async find(session: Session, key: Key, options: ReadOptions | undefined): Promise<Row | undefined> {
    const { rows } = await this.runGet(session, key, options);
    const [row] = rows;
    return row === undefined ? undefined : this.plan.mapRow(row);
  }

  async list(session: Session, options: ListOptions<Row>): Promise<Row[]> {
    const { plan } = this;
    checkWindow(options.limit, options.offset, plan);
    const { statement, values } = bindSelect(
      {
        filter: resolveFilter(options.where, options.withDeleted === true, plan),
        order: options.order === undefined ? [] : resolveOrder(options.order, plan),
        limit: options.limit,
        offset: options.offset,
      },
      plan,
      this.plans,
    );
    const { rows } = await session.run(statement, values, readOptions);
    return rows.map(plan.mapRow);
  }

  /** The first row by primary key that the filter finds. */
  async findBy(session: Session, where: object, options: ReadOptions | undefined): Promise<Row | undefined> {
    const { plan } = this;
    const filter = resolveFilter(where, options?.withDeleted === true, plan);
    const order = plan.primaryKey.map((field) => ({ field, direction: 'asc' as const }));
    const { statement, values } = bindSelect({ filter, order, limit: 1 }, plan, this.plans);
    const { rows } = await session.run(statement, values, readOptions);
    const [row] = rows;
    return row === undefined ? undefined : plan.mapRow(row);
  }

  async count(session: Session, where: object | undefined, options: ReadOptions | undefined): Promise<number> {
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
    const found = await this.runScalar(
      session,
      'e',
      (table, rest) => `select 1 from ${table}${rest} limit 1`,
      where,
      options,
    );
    return found.length > 0;
  }

  async search(session: Session, text: string, options: SearchOptions<Row>): Promise<Row[]> {
    const { plan } = this;
    if (options.fields.length === 0) {
      throw new RowhouseError('FILTER_INVALID', `${plan.label}: a search needs at least one field`, {
        details: { table: plan.label },
      });
    }
    const pattern = `%${escapeLike(text)}%`;
    for (const key of options.fields) if (!plan.fieldOf.has(key)) throw unknownField(key, plan);
    const or = options.fields.map((key) => ({ [key]: { ilike: pattern } }));
    const where = options.where === undefined ? { or } : { and: [options.where, { or }] };
    const { limit, offset, order, withDeleted } = options;
    return await this.list(session, { where, limit, offset, order, withDeleted });
  }

  private async runScalar(
    session: Session,
    kind: string,
    compile: (table: string, rest: string) => string,
    where: object | undefined,
    options: ReadOptions | undefined,
  ): Promise<readonly unknown[]> {
    const { plan } = this;
    const filter = resolveFilter(where, options?.withDeleted === true, plan);
    const statement = this.plans.get(kind + (filter === undefined ? '' : filterKey(filter)), () =>
      compile(plan.table, compileWhere(filter, new QueryWriter(plan.dialect))),
    );
    const { rows } = await session.run(statement, filterValues(filter, plan), readOptions);
    return rows[0] ?? [];
  }

  private runGet(session: Session, key: Key, options: ReadOptions | undefined): Promise<Result> {
    const withDeleted = options?.withDeleted === true;
    const statement = this.plans.get(withDeleted ? 'g+' : 'g', () => this.compileGet(withDeleted));
    return session.run(statement, encodeKey(key, this.plan), readOptions);
  }

  private compileGet(withDeleted: boolean): string {
    const { plan } = this;
    const living = withDeleted || plan.deletedAt === undefined ? '' : ` and ${plan.deletedAt.name} is null`;
    return `select ${plan.selectList} from ${plan.table} where ${compileKey(plan, new QueryWriter(plan.dialect))}${living}`;
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
