import type { PinnedSession } from '../../database/pinned-session.ts';
import type { BlockedTable } from '../../dialect/blocking.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Effects, LockClass } from '../../dialect/effects.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { inRevision } from '../revision/in-revision.ts';
import { firstLine } from './first-line.ts';
import type { MigrationContext } from './migration-context.ts';
import { rehearsePlans } from './rehearse-plans.ts';

/** A table of this size is read in less time than a query takes. */
const defaultBlockedRows = 1000;

/**
 * Refuses, before anything runs, plans that would keep others waiting while many rows are read or written anew. Gives
 * them back with what was measured of each statement as what the server `agreed` to: the certificate of the plan.
 * Without `measuresAll`, nothing is measured where no table is large enough to be refused for.
 * Throws `BUDGET_EXCEEDED`, naming the revision, the statement and the table.
 */
export async function refuseBlocking(
  context: MigrationContext,
  session: PinnedSession,
  plans: readonly RevisionPlan[],
  { measuresAll = false }: { readonly measuresAll?: boolean } = {},
): Promise<readonly RevisionPlan[]> {
  const { blocking } = session.dialect;
  const limit = context.blockedRows ?? defaultBlockedRows;
  if (blocking === undefined || plans.length === 0) return plans;
  try {
    if (!measuresAll && !(await blocking.mayExceed(session.connection, limit))) return plans;
    const measured = await rehearsePlans(context, session, plans);
    for (const [position, plan] of plans.entries()) {
      for (const [at, statement] of plan.statements.entries()) {
        await refuseOne(session, plan, statement, measured[position]?.[at], limit);
      }
    }
    return plans.map((plan, position) => certified(plan, measured[position] ?? []));
  } catch (error) {
    throw session.dialect.errors.translate(error, { during: 'statement' });
  }
}

async function refuseOne(
  session: PinnedSession,
  { revision }: RevisionPlan,
  statement: DefinitionStatement,
  effects: Effects | undefined,
  limit: number,
): Promise<void> {
  const held = effects === undefined ? knownOf(statement) : measuredOf(effects);
  // What asks is refused in its turn, where it cannot be made in steps either.
  if (held === undefined || statement.asks === true) return;
  const found: (BlockedTable & { readonly rows: number })[] = [];
  for (const one of held.tables) {
    const rows = await session.dialect.blocking?.countRows(session.connection, one.table, limit + 1);
    found.push({ ...one, rows: rows ?? 0 });
  }
  const rows = found.reduce((sum, one) => sum + one.rows, 0);
  const [most] = found.toSorted((a, b) => b.rows - a.rows);
  if (most === undefined || rows <= limit) return;
  throw inRevision(overBudget(statement, { ...held, most, limit }), revision);
}

interface HeldUp {
  readonly tables: readonly BlockedTable[];
  /** The table that others wait for, and who they are. */
  readonly locked?: { readonly table: string; readonly blocks: LockClass } | undefined;
}

function knownOf({ holdsUp }: DefinitionStatement): HeldUp | undefined {
  return holdsUp === undefined ? undefined : { tables: [holdsUp] };
}

/** Nobody waits without a lock, and not for long where no rows are gone through. */
function measuredOf({ locks, rewrites, scans }: Effects): HeldUp | undefined {
  const held = locks.filter(({ blocks }) => blocks !== 'nobody');
  const anew = new Set(rewrites.map(({ table }) => table));
  const tables = [
    ...[...anew].map((table): BlockedTable => ({ table, does: 'rewrites' })),
    ...scans.flatMap(({ table }): BlockedTable[] => (anew.has(table) ? [] : [{ table, does: 'reads' }])),
  ];
  const locked = held.find(({ table }) => tables.some((one) => one.table === table)) ?? held[0];
  return locked === undefined || tables.length === 0 ? undefined : { tables, locked };
}

function overBudget(
  { sql }: DefinitionStatement,
  { most, locked, limit }: HeldUp & { readonly most: BlockedTable; readonly limit: number },
): RowhouseError {
  const does = most.does === 'rewrites' ? 'written anew' : 'read';
  const who = locked?.blocks === 'writers' ? 'writers wait' : 'everybody waits';
  const whom = locked === undefined || locked.table === most.table ? '' : ` for ${locked.table}`;
  return new RowhouseError(
    'BUDGET_EXCEEDED',
    `${most.table}: more than ${limit} rows would be ${does} while ${who}${whom}`,
    {
      details: {
        table: most.table,
        statement: firstLine(sql),
        does: most.does,
        ...(locked === undefined ? { known: true } : { locked: locked.table, waiting: locked.blocks }),
        blockedRows: limit,
      },
      hint: 'nothing was changed; make the change in the online form, in a revision without SQL by hand, or say with --blocked-rows how many rows others may wait for',
    },
  );
}

function certified(plan: RevisionPlan, measured: readonly (Effects | undefined)[]): RevisionPlan {
  const statements = plan.statements.map((statement, at) => {
    const effects = measured[at];
    return effects === undefined ? statement : { ...statement, agreed: { sql: statement.sql, effects } };
  });
  return { ...plan, statements };
}
