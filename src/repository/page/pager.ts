import { runNow } from '../../database/run-now.ts';
import type { Session } from '../../database/session.ts';
import type { Result } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { collectValues, compileFilter, filterKey } from '../filter/compile-filter.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { resolveInclude, type IncludeOptions, type IncludeTree } from '../include/include-tree.ts';
import { compileSelectList, includeKey, includeValues } from '../include/select-list.ts';
import { rowMapper } from '../include/tree-mapper.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { filterValues, readOptions } from '../read/reader.ts';
import { resolveFilter } from '../filter/resolve-filter.ts';
import { compileOrder, type OrderField } from '../read/order.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { Page, PageOptions } from '../repository.ts';
import type { TablePlan } from '../table-plan.ts';
import { openCursor, sealCursor, turnCursor, type CursorContent, type Position } from './cursor.ts';
import { pageOrders, readIdentity, type PageOrder, type PageOrders } from './page-order.ts';
import { compileSeek, seekKey, seekValues } from './seek.ts';

type Row = Record<string, unknown>;
type RawRow = readonly unknown[];
type Writable<T> = { -readonly [P in keyof T]: T[P] };

/** Rows of one page when nobody says how many. */
const defaultPageRows = 50;

/** Orders that are kept: like plans, they come from code. */
const capacity = 500;

const noOrder: readonly string[] = [];

/** Reads page by page along a total order: no row twice, none left out, whatever is inserted between two pages. */
export class Pager {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;
  private readonly orders = new Map<string, PageOrders>();

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  /** The secret signs the cursors. */
  async page(session: Session, options: PageOptions<Row> & IncludeOptions, secret: string): Promise<Page<Row>> {
    const { plan } = this;
    refuseUnknownOptions(options, 'page', plan);
    const { after, before, limit = defaultPageRows } = options;
    if (!(Number.isSafeInteger(limit) && limit > 0)) throw noRows(limit, plan);
    if (after !== undefined && before !== undefined)
      throw invalid(plan, 'a page lies after a cursor or before one, not both');
    const filter = resolveFilter(options.where, options.withDeleted === true, plan, session);
    const include = resolveInclude(options, plan, session);
    const orders = this.ordersOf(options.order ?? noOrder);
    const { forwards, backwards } = orders;
    const read = this.identityOf(filter, orders);
    const cursor = after ?? before;
    const position = cursor === undefined ? undefined : openCursor(cursor, read, secret);
    const isBackwards = before !== undefined;

    // One row more than asked for tells whether the page has a neighbour on the far side.
    const answer = this.seek(session, include, filter, isBackwards ? backwards : forwards, position, limit + 1);
    const { rows: found } = answer instanceof Promise ? await answer : answer;
    const more = found.length > limit;
    const shown = more ? found.slice(0, limit) : found;
    const kept = isBackwards ? shown.toReversed() : shown;
    const far = more ? kept.at(isBackwards ? 0 : -1) : undefined;
    const on = far === undefined ? undefined : sealCursor({ read, at: cellsOf(far, forwards) }, secret);
    const back = cursor === undefined ? undefined : turnCursor(cursor);
    const [next, previous] = isBackwards ? [back, on] : [on, back];
    const page: Writable<Page<Row>> = { rows: kept.map(rowMapper(include, plan)) };
    if (next !== undefined) page.next = next;
    if (previous !== undefined) page.previous = previous;
    return page;
  }

  private seek(
    session: Session,
    include: IncludeTree | undefined,
    filter: FilterNode | undefined,
    order: PageOrder,
    position: Position | undefined,
    limit: number,
  ): Result | Promise<Result> {
    const { plan } = this;
    const { terms } = order;
    const key = `k${includeKey(include)}${filter === undefined ? '' : filterKey(filter)}o${order.key}${position === undefined ? '' : seekKey(position)}`;
    const statement = this.plans.get(key, () => {
      const writer = new QueryWriter(plan.dialect);
      const list = compileSelectList(include, plan, writer);
      const conditions = [
        ...(filter === undefined ? [] : [`(${compileFilter(filter, writer)})`]),
        ...(position === undefined ? [] : [`(${compileSeek(terms, position, writer)})`]),
      ];
      const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
      return `select ${list} from ${plan.table}${where}${compileOrder(terms, writer)} limit ${writer.placeholder()}`;
    });
    const values = includeValues(include, plan);
    if (filter !== undefined) values.push(...filterValues(filter, plan));
    if (position !== undefined) values.push(...seekValues(terms, wireValues(terms, position.at), plan.dialect.queries));
    values.push(limit);
    return runNow(session, statement, values, readOptions);
  }

  private ordersOf(wished: readonly string[]): PageOrders {
    const name = JSON.stringify(wished);
    const known = this.orders.get(name);
    if (known !== undefined) return known;
    if (this.orders.size >= capacity) this.orders.clear();
    const orders = pageOrders(wished, this.plan);
    this.orders.set(name, orders);
    return orders;
  }

  private identityOf(filter: FilterNode | undefined, { forwards, identity }: PageOrders): string {
    if (filter === undefined) return identity;
    const values: unknown[] = [];
    collectValues(filter, { rules: this.plan.dialect.queries }, values);
    return readIdentity(this.plan, forwards, filterKey(filter), values);
  }
}

/** Where a row stands in an order. */
function cellsOf(row: RawRow, { terms }: PageOrder): CursorContent['at'] {
  return terms.map(({ field }) => cellText(row[field.position]));
}

/** Wire text of a cursor → wire values: through the codec, so that a cell is bound as it would be in a filter. */
function wireValues(terms: readonly OrderField[], at: CursorContent['at']): readonly unknown[] {
  return terms.map(({ field }, position) => {
    const text = at[position] ?? null;
    return text === null ? null : field.codec.encode(field.codec.decode(rawCell(text)));
  });
}

/** A raw cell as text, marked with what it was: a driver's numbers must come back as numbers. */
function cellText(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return `n${cell}`;
  if (typeof cell === 'bigint') return `i${cell}`;
  if (typeof cell === 'string') return `s${cell}`;
  if (cell instanceof Uint8Array) return `b${Buffer.from(cell).toString('base64')}`;
  throw new RowhouseError('INTERNAL', 'a driver gave a cell of an unknown kind');
}

function rawCell(text: string): unknown {
  const value = text.slice(1);
  switch (text.charAt(0)) {
    case 'n':
      return Number(value);
    case 'i':
      return BigInt(value);
    case 'b':
      return Buffer.from(value, 'base64');
    case 's':
      return value;
    default:
      throw new RowhouseError('CURSOR_INVALID', 'the cursor cannot be used: it holds an unknown kind of value');
  }
}

function noRows(limit: unknown, { label }: TablePlan): RowhouseError {
  return new RowhouseError('FILTER_INVALID', `${label}: limit is a whole number from 1: a page has at least one row`, {
    details: { limit },
  });
}

function invalid(plan: TablePlan, reason: string): RowhouseError {
  return new RowhouseError('CURSOR_INVALID', `${plan.label}: ${reason}`, { details: { table: plan.label } });
}
