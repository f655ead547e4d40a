import type { Transaction } from '../../database/transaction.ts';
import type { TableOf } from '../../schema/table/table.ts';
import type { IncludeOptions } from '../include/include-tree.ts';
import { hookContext } from './hook-context.ts';
import type { ServiceHooks } from './service-hooks.ts';

type Row = Readonly<Record<string, unknown>>;

/** The read hooks of a table for rows that come along with those of another, and for what comes along with them. */
export interface IncludedReads {
  hasHooks(include: object | undefined): boolean;
  /** Before the read: throwing refuses it. */
  before(include: object | undefined, transaction: Transaction): Promise<void>;
  /** The rows as the caller gets them, in the same order. */
  after(rows: readonly Row[], include: object | undefined, transaction: Transaction): Promise<readonly Row[]>;
}

/** The hooks for the rows of a relation; undefined: none are known. */
export type RelatedReads = (relation: string) => IncludedReads | undefined;

/** A relation that a read brings along, and that has hooks. */
export interface HookedBranch {
  readonly name: string;
  readonly reads: IncludedReads;
  readonly include: object | undefined;
}

const none: readonly HookedBranch[] = [];

/** Of what a read brings along, the relations with hooks. */
export function hookedBranches(include: object | undefined, related: RelatedReads): readonly HookedBranch[] {
  if (include === undefined) return none;
  return Object.entries(include).flatMap(([name, wish]: [string, unknown]) => {
    if (wish === undefined || wish === false) return [];
    const { include: deeper } = wish as IncludeOptions;
    const reads = related(name);
    return reads?.hasHooks(deeper) === true ? [{ name, reads, include: deeper }] : [];
  });
}

export async function beforeBranches(branches: readonly HookedBranch[], transaction: Transaction): Promise<void> {
  for (const { reads, include } of branches) await reads.before(include, transaction);
}

/** The rows with their related rows as the caller gets them. */
export async function afterBranches<R extends object>(
  rows: R[],
  branches: readonly HookedBranch[],
  transaction: Transaction,
): Promise<R[]> {
  let seen = rows;
  for (const branch of branches) seen = await afterBranch(seen, branch, transaction);
  return seen;
}

async function afterBranch<R extends object>(
  rows: R[],
  { name, reads, include }: HookedBranch,
  transaction: Transaction,
): Promise<R[]> {
  const related = rows.map((row) => (row as Row)[name] as Row | readonly Row[] | null);
  const all = await reads.after(
    related.flatMap((found) => found ?? []),
    include,
    transaction,
  );
  let place = 0;
  const next = (count: number): readonly Row[] => all.slice(place, (place += count));
  return rows.map((row, at) => {
    const found = related[at] ?? null;
    if (found === null) return row;
    return { ...row, [name]: isList(found) ? next(found.length) : next(1)[0] };
  });
}

function isList(found: Row | readonly Row[]): found is readonly Row[] {
  return Array.isArray(found);
}

/** The read hooks of a table as a relation to it sees them. */
export function includedReads<R extends object, Insert extends object, Patch extends object, Input, Change>(
  table: TableOf<R, Insert, Patch>,
  hooks: ServiceHooks<R, Insert, Patch, Input, Change>,
  related: RelatedReads,
): IncludedReads {
  return {
    hasHooks: (include) =>
      hooks.beforeRead !== undefined || hooks.afterRead !== undefined || hookedBranches(include, related).length > 0,
    async before(include, transaction) {
      await hooks.beforeRead?.({ verb: 'include' }, hookContext(table, transaction));
      await beforeBranches(hookedBranches(include, related), transaction);
    },
    async after(rows, include, transaction) {
      const found = await afterBranches([...rows] as R[], hookedBranches(include, related), transaction);
      return (await seenRows(found, hooks, hookContext(table, transaction))) as readonly object[] as readonly Row[];
    },
  };
}

/** Each row as `afterRead` makes it. */
export async function seenRows<R, Insert, Patch, Input, Change>(
  rows: R[],
  hooks: ServiceHooks<R, Insert, Patch, Input, Change>,
  context: Parameters<NonNullable<typeof hooks.afterRead>>[1],
): Promise<R[]> {
  if (hooks.afterRead === undefined) return rows;
  const seen: R[] = [];
  for (const row of rows) seen.push(await hooks.afterRead(row, context));
  return seen;
}
