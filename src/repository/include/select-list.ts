import type { NestedRules } from '../../dialect/nested-rules.ts';
import { nestedCells } from '../../dialect/nested-rules.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { collectValues, compileFilter, filterKey } from '../filter/compile-filter.ts';
import type { QueryWriter } from '../query-writer.ts';
import { orderKey, orderTerms } from '../read/order.ts';
import type { TablePlan } from '../table-plan.ts';
import { compileRelatedRows } from './correlate.ts';
import type { IncludeBranch, IncludeTree } from './include-tree.ts';

/** The columns of a table and, for each relation that comes along, one column of JSON. */
export function compileSelectList(include: IncludeTree | undefined, plan: TablePlan, writer: QueryWriter): string {
  if (include === undefined) return plan.selectList;
  const nested = nestedRules(plan);
  return [plan.selectList, ...include.branches.map((branch) => compileBranch(branch, nested, writer))].join(', ');
}

/** What decides the SQL of a tree, without its values. */
export function includeKey(include: IncludeTree | undefined): string {
  return include === undefined ? '' : `{${include.branches.map(branchKey).join()}}`;
}

/** The values in the order in which `compileSelectList` writes their placeholders. */
export function includeValues(include: IncludeTree | undefined, plan: TablePlan): unknown[] {
  const values: unknown[] = [];
  if (include !== undefined) collectTree(include, nestedRules(plan), plan, values);
  return values;
}

/** How the engine nests rows. `CAPABILITY_MISSING` where it cannot. */
export function nestedRules({ dialect, label }: TablePlan): NestedRules {
  const { nested } = dialect.queries;
  if (nested !== undefined) return nested;
  throw new RowhouseError('CAPABILITY_MISSING', `${label}: related rows cannot come in one statement here`, {
    details: { table: label, capability: 'nested' },
  });
}

function branchKey({ relation, joined, filter, order, limit, include }: IncludeBranch): string {
  const filters = [joined, filter].map((node) => (node === undefined ? '' : filterKey(node))).join(';');
  return `${relation.position}<${filters}>o${order.map(orderKey).join()}${limit === undefined ? '' : 'l'}${includeKey(include)}`;
}

function compileBranch(branch: IncludeBranch, nested: NestedRules, writer: QueryWriter): string {
  const { relation, filter, order } = branch;
  const rows = compileRelatedRows(branch, filter, writer, compileFilter);
  return writer.subquery((alias) => {
    const terms = orderTerms(order, writer);
    const row = nested.array(inGroups(rowCells(branch, terms, nested, writer), nested));
    if (!relation.many && nested.counted) {
      const only = relation.unique ? { order: '', limits: [] } : { order: terms, limits: ['1', '1'] };
      return nested.rows({ row, source: rows(alias), ...only });
    }
    if (!relation.many) {
      const first = relation.unique ? '' : `${terms === '' ? '' : ` order by ${terms}`} limit 1`;
      return `(select ${row} ${rows(alias)}${first})`;
    }
    const before = limitsOf(branch, nested.limitsBefore, writer);
    const source = rows(alias);
    const limits = nested.limitsBefore === 0 ? limitsOf(branch, 1, writer) : before;
    return nested.rows({ row, source, order: terms, limits });
  });
}

function rowCells(
  { relation: { target, many }, include }: IncludeBranch,
  terms: string,
  nested: NestedRules,
  writer: QueryWriter,
): readonly string[] {
  const cells = target.fields.map(({ name, type }) => nested.cell(name, type));
  const branches = (include?.branches ?? []).map((branch) => nested.element(compileBranch(branch, nested, writer)));
  const number = nested.numbered && many && terms !== '' ? [`row_number() over (order by ${terms})`] : [];
  return [...cells, ...branches, ...number];
}

function inGroups(cells: readonly string[], nested: NestedRules): readonly string[] {
  if (cells.length <= nestedCells) return cells;
  const groups = Math.ceil(cells.length / nestedCells);
  return Array.from({ length: groups }, (_, group) =>
    nested.array(cells.slice(group * nestedCells, (group + 1) * nestedCells)),
  );
}

function limitsOf({ limit }: IncludeBranch, count: number, writer: QueryWriter): readonly string[] {
  return limit === undefined ? [] : Array.from({ length: count }, () => writer.placeholder());
}

function collectTree({ branches }: IncludeTree, nested: NestedRules, plan: TablePlan, into: unknown[]): void {
  const rules = { rules: plan.dialect.queries };
  for (const { joined, filter, limit, include } of branches) {
    if (include !== undefined) collectTree(include, nested, plan, into);
    for (let place = 0; limit !== undefined && place < nested.limitsBefore; place++) into.push(limit);
    if (joined !== undefined) collectValues(joined, rules, into);
    if (filter !== undefined) collectValues(filter, rules, into);
    if (limit !== undefined && nested.limitsBefore === 0) into.push(limit);
  }
}
