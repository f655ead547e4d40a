import { integer } from '../config/value-kind.ts';
import { refuseOverBudget, type EffectBudget } from '../dialect/effect-budget.ts';
import type { LockClass } from '../dialect/effects.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { RevisionProof } from '../migration/prove/proof.ts';
import type { OptionDeclaration } from './command.ts';

interface BudgetOptions {
  readonly maxLock: Extract<OptionDeclaration, { kind: 'text' }>;
  readonly maxRowsUnderLock: Extract<OptionDeclaration, { kind: 'number' }>;
  readonly maxBytesRewritten: Extract<OptionDeclaration, { kind: 'number' }>;
}

const count = integer(0, Number.MAX_SAFE_INTEGER);

/** What the statements of a revision may do, where the server can be asked what they do. */
export const budgetOptions: BudgetOptions = {
  maxLock: {
    kind: 'text',
    value: 'CLASS',
    summary: 'whom a lock may keep waiting: nobody, writers or everybody (default)',
  },
  maxRowsUnderLock: {
    kind: 'number',
    value: 'ROWS',
    of: count,
    summary: 'rows a statement may read while it keeps others waiting (default: any)',
  },
  maxBytesRewritten: {
    kind: 'number',
    value: 'BYTES',
    of: count,
    summary: 'how much of what is there it may write anew (default: any)',
  },
};

interface GivenBudget {
  readonly maxLock: string | undefined;
  readonly maxRowsUnderLock: number | undefined;
  readonly maxBytesRewritten: number | undefined;
}

/** The budget that was given; `USAGE` for a class of locks that is none. */
export function budgetOf({ maxLock, maxRowsUnderLock, maxBytesRewritten }: GivenBudget): EffectBudget {
  if (maxLock !== undefined && !isLockClass(maxLock)) {
    throw new RowhouseError('USAGE', `--max-lock is not ${maxLock}`, { hint: 'say nobody, writers or everybody' });
  }
  return { lock: maxLock, rowsReadUnderLock: maxRowsUnderLock, bytesRewritten: maxBytesRewritten };
}

/** Throws `BUDGET_EXCEEDED`, naming the revision, when a measured statement does more than it may. */
export function refuseProofOverBudget({ revision, statements }: RevisionProof, budget: EffectBudget): void {
  for (const { sql, effects } of statements) {
    if (effects === undefined) continue;
    try {
      refuseOverBudget(sql, effects, budget);
    } catch (error) {
      if (!(error instanceof RowhouseError)) throw error;
      throw new RowhouseError(error.code, `revision ${revision.id} (${revision.message}): ${error.message}`, {
        details: { ...error.details, revision: revision.id },
        hint: error.hint,
        cause: error,
      });
    }
  }
}

function isLockClass(text: string): text is LockClass {
  return text === 'nobody' || text === 'writers' || text === 'everybody';
}
