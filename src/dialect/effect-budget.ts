import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Effects, LockClass } from './effects.ts';

/** What a statement may do. Absent members are without limit. */
export interface EffectBudget {
  /** The strongest lock it may take at all. */
  readonly lock?: LockClass | undefined;
  /** Rows that it may read while it holds a lock that keeps others waiting. */
  readonly rowsReadUnderLock?: number | undefined;
  readonly rowsRead?: number | undefined;
  readonly bytesRewritten?: number | undefined;
}

/** Throws `BUDGET_EXCEEDED`, naming the table and by how much, when the statement did more than it may. */
export function refuseOverBudget(statement: string, effects: Effects, budget: EffectBudget): void {
  for (const { table, blocks } of effects.locks) {
    if (budget.lock !== undefined && rank[blocks] > rank[budget.lock]) {
      throw exceeded(statement, table, 'lock', `takes a lock that keeps ${blocks} waiting`, { lock: blocks });
    }
  }
  const blocks = effects.locks.some((lock) => lock.blocks !== 'nobody');
  const rows = Math.min(budget.rowsRead ?? Infinity, blocks ? (budget.rowsReadUnderLock ?? Infinity) : Infinity);
  for (const scan of effects.scans) {
    if (scan.rows > rows) throw exceeded(statement, scan.table, 'rows', `reads ${scan.rows} rows`, { limit: rows });
  }
  for (const { table, bytes } of effects.rewrites) {
    const limit = budget.bytesRewritten ?? Infinity;
    if (bytes > limit) throw exceeded(statement, table, 'bytes', `writes ${bytes} bytes anew`, { limit });
  }
}

const rank: Readonly<Record<LockClass, number>> = { nobody: 0, writers: 1, everybody: 2 };

function exceeded(
  statement: string,
  table: string,
  measure: string,
  does: string,
  limits: Readonly<Record<string, unknown>>,
): RowhouseError {
  return new RowhouseError('BUDGET_EXCEEDED', `${table}: the statement ${does}`, {
    details: { table, measure, statement: statement.split('\n', 1)[0], ...limits },
    hint: 'let the plan use its online form, or allow more',
  });
}
