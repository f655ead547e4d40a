import { isHeld } from '../../database/is-held.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { DefinitionStatement, ObjectReference } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { firstLine } from './first-line.ts';

/** Has the statement at `position` taken effect in a run that was cut short? Asked in order, each before it would run. */
export async function hasRun(
  session: PinnedSession,
  { statements }: RevisionPlan,
  position: number,
  unfinished: LedgerEntry,
): Promise<boolean> {
  const { statementsDone, state } = unfinished;
  const statement = statements[position];
  const isCounted = position < statementsDone;
  // It is counted in its own transaction.
  if (statement?.transactional === true) return isCounted;
  // What a later statement has undone or replaced is not to be seen any more, so there the count is all there is.
  const later = statements.slice(position + 1, statementsDone + 1);
  if (isCounted && later.some((other) => touchesSame(statement, other))) return true;
  if (statement?.done !== undefined) return await isHeld(session.dialect, session.connection, statement.done);
  if (isCounted) return true;
  if (position > statementsDone || state === 'stopped' || statement?.repeatable === true) return false;
  throw new RowhouseError(
    'LEDGER_INVALID',
    `statement ${position + 1} of revision ${unfinished.revision} was running when the last run ended, and its effect cannot be looked up`,
    {
      details: { revision: unfinished.revision, position, statement: firstLine(statement?.sql ?? '') },
      hint: `it is: ${firstLine(statement?.sql ?? '')}; look whether it took effect, finish or undo the revision by hand, then record the state with \`rowhouse stamp\``,
    },
  );
}

function touchesSame(statement: DefinitionStatement | undefined, later: DefinitionStatement): boolean {
  const [a, b] = [statement?.done?.object, later.done?.object];
  return a !== undefined && b !== undefined && (isSame(a, b) || isTableOf(b, a));
}

function isSame(a: ObjectReference, b: ObjectReference): boolean {
  return a.kind === b.kind && a.name === b.name && a.table === b.table && a.namespace === b.namespace;
}

function isTableOf(table: ObjectReference, member: ObjectReference): boolean {
  return table.kind === 'table' && table.name === member.table && table.namespace === member.namespace;
}
