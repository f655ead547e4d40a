import type { Session } from '../../database/session.ts';
import type { Key, Repository } from '../../repository/repository.ts';
import type { TablePlan } from '../../repository/table-plan.ts';
import type { AnyTable } from '../../schema/table/table.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What an attempt works with: the session of one tenant, and the row of another. */
export interface AttemptContext {
  readonly session: Session;
  readonly repository: Repository<Row, Row, Row>;
  readonly table: AnyTable;
  readonly plan: TablePlan;
  /** The row that must not be reached. */
  readonly victim: Row;
  readonly key: Key;
  /** The filter that finds the victim and nothing else. */
  readonly where: Row;
  /** A row that is not in the table yet: of the tenant that tries, or beneath the parents of the other. */
  readonly fresh: (beneath: 'own' | 'other') => Row;
  /** A change that the table takes. Empty: it takes none. */
  readonly patch: Row;
  /** Is it a row of the other tenant? */
  readonly isTheirs: (row: Row) => boolean;
}

/** One way to get at another tenant's row. */
export interface Attempt {
  readonly name: string;
  /** The victim is soft-deleted first. */
  readonly onDeleted?: true;
  /** `false`: the owner of the row cannot do it either. Everything else is tried as the owner first, who must succeed. */
  readonly control?: false;
  /** There is such a thing for the table. */
  isFor(plan: TablePlan): boolean;
  /** Tries; gives how many rows of the other tenant it got at. What it changed is found out without it. */
  run(context: AttemptContext): Promise<number>;
}
