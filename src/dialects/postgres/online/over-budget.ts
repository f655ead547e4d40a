import { RowhouseError } from '../../../errors/rowhouse-error.ts';

/** A statement that would keep more others waiting than may be. */
export interface Refused {
  readonly sql: string;
  readonly table: string;
  readonly blockedRows: number;
}

/** The error of a statement that reads too many rows under a lock; `other` says why it cannot be done in another way. */
export function overBudget(
  { sql, table, blockedRows }: Refused,
  other: string,
  details: Readonly<Record<string, string>>,
): RowhouseError {
  return new RowhouseError(
    'BUDGET_EXCEEDED',
    `${table}: more than ${blockedRows} rows would be read while nobody can write to them; ${other}`,
    {
      details: { table, statement: sql.split('\n', 1)[0], ...details, blockedRows },
      hint: 'nothing was changed; run it when nobody writes, and say with --blocked-rows how many rows others may wait for',
    },
  );
}
