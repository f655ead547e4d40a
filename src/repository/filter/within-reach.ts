import type { Session } from '../../database/session.ts';
import type { QueryWriter } from '../query-writer.ts';
import type { TablePlan } from '../table-plan.ts';
import { collectValues, compileFilter, filterKey } from './compile-filter.ts';
import { reachOf } from './reach.ts';

/** What a statement about rows of known keys adds, so that it touches none that its session cannot reach. */
export interface WithinReach {
  /** Part of the plan's key. */
  readonly key: string;
  /** ` and …`, behind the condition on the key; or nothing. */
  compile(writer: QueryWriter): string;
  /** The values of what `compile` writes. */
  readonly values: readonly unknown[];
}

const everywhere: WithinReach = { key: '', compile: () => '', values: [] };

/** The reach of a session as the tail of a condition. */
export function withinReach(plan: TablePlan, session: Session, withDeleted: boolean): WithinReach {
  const reach = reachOf(plan, session, withDeleted);
  if (reach === undefined) return everywhere;
  const values: unknown[] = [];
  collectValues(reach, { rules: plan.dialect.queries }, values);
  return { key: filterKey(reach), compile: (writer) => ` and (${compileFilter(reach, writer)})`, values };
}
