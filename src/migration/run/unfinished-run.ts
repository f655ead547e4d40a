import type { LedgerEntry } from '../ledger/ledger.ts';
import { firstLine } from './first-line.ts';

/** How far a run came that was cut short; statements by their first line. */
export interface UnfinishedRun {
  readonly revision: string;
  readonly direction: LedgerEntry['direction'];
  /** How many statements its plan has. */
  readonly statements: number;
  /** Those that have taken effect, in order. */
  readonly ran: readonly string[];
  /** The one that comes next, from 1; undefined when only the end was not recorded. */
  readonly next: UnfinishedStatement | undefined;
  /** The one that ended the last try, from 1, with the code of its error; undefined when the process or its line was killed. */
  readonly failed: (UnfinishedStatement & { readonly code: string }) | undefined;
  /** The next one may have taken effect too; the next run looks before it goes on. */
  readonly isUncertain: boolean;
}

export interface UnfinishedStatement {
  readonly number: number;
  readonly statement: string;
}

/** What the ledger tells of a run that was cut short. */
export function unfinishedRun(entry: LedgerEntry): UnfinishedRun {
  const { revision, direction, statementsDone, failedStatement, errorCode, state } = entry;
  const lines = (JSON.parse(entry.plan) as readonly string[]).map(firstLine);
  const at = (number: number): UnfinishedStatement => ({ number, statement: lines[number - 1] ?? '' });
  return {
    revision,
    direction,
    statements: lines.length,
    ran: lines.slice(0, statementsDone),
    next: statementsDone < lines.length ? at(statementsDone + 1) : undefined,
    failed: failedStatement === null || errorCode === null ? undefined : { ...at(failedStatement), code: errorCode },
    isUncertain: state === 'running',
  };
}
