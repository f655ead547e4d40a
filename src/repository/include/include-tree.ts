import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { FilterNode } from '../filter/filter-node.ts';
import { reachOf } from '../filter/reach.ts';
import { resolveFilter } from '../filter/resolve-filter.ts';
import { resolveOrder, type OrderField } from '../read/order.ts';
import type { TablePlan } from '../table-plan.ts';
import type { Correlation } from './correlate.ts';

/** Reads that can bring related rows along. */
export interface IncludeOptions {
  readonly include?: object | undefined;
}

/** Which relations come along: checked, values in wire form. */
export interface IncludeTree {
  readonly branches: readonly IncludeBranch[];
}

/** One relation of one table of the tree. */
export interface IncludeBranch extends Correlation {
  readonly filter: FilterNode | undefined;
  readonly order: readonly OrderField[];
  /** Most rows for each row that they belong to. */
  readonly limit: number | undefined;
  readonly include: IncludeTree | undefined;
}

const branchOptions: ReadonlySet<string> = new Set(['where', 'order', 'limit', 'withDeleted', 'include']);

interface BranchOptions extends IncludeOptions {
  readonly where?: object | undefined;
  readonly order?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly withDeleted?: boolean | undefined;
}

/** The tree that a read asks for; undefined: the table's own columns only. */
export function resolveInclude(
  options: IncludeOptions | undefined,
  plan: TablePlan,
  session: Session,
): IncludeTree | undefined {
  const include = options?.include;
  if (include === undefined) return undefined;
  const branches = Object.entries(include).flatMap(([name, wish]: [string, unknown]) =>
    wish === undefined || wish === false ? [] : [resolveBranch(name, wish, plan, session)],
  );
  return branches.length === 0 ? undefined : { branches };
}

function resolveBranch(name: string, wish: unknown, plan: TablePlan, session: Session): IncludeBranch {
  const relation = plan.relationOf.get(name);
  if (relation === undefined) throw unknownRelation(name, plan);
  const options = optionsOf(wish, name, plan);
  if (!relation.many && (options.order !== undefined || options.limit !== undefined)) {
    throw invalid(plan, name, 'one row has no order and no limit');
  }
  const { target, through, many, unique } = relation;
  const withDeleted = options.withDeleted === true;
  // The first of several rows is the first by primary key.
  const first = many || unique ? [] : target.primaryKey.map((field) => ({ field, direction: 'asc' as const }));
  return {
    relation,
    source: plan,
    joined: through === undefined ? undefined : reachOf(through.plan, session, false),
    filter: resolveFilter(options.where, withDeleted, target, session),
    order: options.order === undefined ? first : resolveOrder(options.order, target),
    limit: options.limit,
    include: resolveInclude(options, target, session),
  };
}

function optionsOf(wish: unknown, name: string, plan: TablePlan): BranchOptions {
  if (wish === true) return {};
  if (typeof wish !== 'object' || wish === null || Array.isArray(wish))
    throw invalid(plan, name, 'takes true or options');
  const unknown = Object.keys(wish).find((key) => !branchOptions.has(key));
  if (unknown !== undefined) throw invalid(plan, name, `there is no option ${unknown}`);
  const options: BranchOptions = wish;
  const { limit } = options;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
    throw invalid(plan, name, 'limit is a whole number from 0');
  }
  return options;
}

function unknownRelation(name: string, plan: TablePlan): RowhouseError {
  const names = [...plan.relationOf.keys()];
  return new RowhouseError('FIELD_UNKNOWN', `${plan.label} has no relation ${name}`, {
    details: { table: plan.label, field: name },
    hint:
      names.length === 0
        ? 'declare it with relations() and make the repository from there'
        : `the relations are ${names.join(', ')}`,
  });
}

function invalid(plan: TablePlan, name: string, reason: string): RowhouseError {
  return new RowhouseError('FILTER_INVALID', `${plan.label}.${name}: ${reason}`, {
    details: { table: plan.label, field: name },
    hint: 'the options are where, order, limit, withDeleted and include',
  });
}
