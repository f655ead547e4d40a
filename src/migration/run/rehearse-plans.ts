import { companionTables } from '../../catalog/model/companion-tables.ts';
import type { Database } from '../../database/database.ts';
import { isHeld } from '../../database/is-held.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { BlockingRehearsal } from '../../dialect/blocking.ts';
import type { DefinitionStatement } from '../../dialect/definition.ts';
import type { Dialect } from '../../dialect/dialect.ts';
import type { Effects } from '../../dialect/effects.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import { inSegments } from '../script/segments.ts';
import { splitStatements } from '../script/split-statements.ts';
import type { MigrationContext } from './migration-context.ts';

type Measured = readonly (Effects | undefined)[];

/**
 * Runs plans one after the other on a scratch database of the same structure, and gives what each of their statements
 * does. Undefined from the first one on that does not run there (it needs rows, or what the account may not make), and
 * for all where no scratch database can be made.
 */
export async function rehearsePlans(
  context: MigrationContext,
  session: PinnedSession,
  plans: readonly RevisionPlan[],
): Promise<readonly Measured[]> {
  const found: (Effects | undefined)[][] = plans.map(() => []);
  const { makeScratch } = context;
  if (makeScratch === undefined) return found;
  try {
    await using scratch = await makeScratch();
    await onTwoLines(scratch.database, async (line, observer) => {
      await copyStructure(context, session, line);
      const rehearsal = await session.dialect.blocking?.begin(line.connection, observer.connection);
      if (rehearsal === undefined) return;
      for (const [position, { statements }] of plans.entries()) {
        for (const segment of inSegments(statements, session.dialect)) {
          await rehearseTogether(line, rehearsal, segment.statements, (effects) => found[position]?.push(effects));
        }
      }
    });
  } catch (error) {
    // What was measured until then stands; the rest is judged by what is known of it.
    if (context.signal?.aborted === true) throw error;
  }
  return found;
}

async function onTwoLines(
  database: Database,
  work: (line: PinnedSession, observer: PinnedSession) => Promise<void>,
): Promise<void> {
  await database.pinned(async (line) => await database.pinned(async (observer) => await work(line, observer)));
}

/** The same tables, without their rows. */
async function copyStructure(
  { ledger }: MigrationContext,
  { dialect, connection }: PinnedSession,
  scratch: PinnedSession,
): Promise<void> {
  const planner = await dialect.structures?.();
  if (planner === undefined) return;
  const exclude = [ledger.name, ...Object.values(companionTables)];
  const [empty, structure] = [await planner.read(scratch.connection), await planner.read(connection, { exclude })];
  for (const { sql } of planner.plan(empty, structure, { safe: 'plain' })) await scratch.script(sql);
}

/** Statements between two commits: what one has locked stays locked while the next one runs. */
async function rehearseTogether(
  line: PinnedSession,
  rehearsal: BlockingRehearsal,
  statements: readonly DefinitionStatement[],
  tell: (effects: Effects | undefined) => void,
): Promise<void> {
  const isOpen = statements.every(({ transactional }) => transactional);
  if (isOpen) await line.script('begin');
  for (const statement of statements) {
    const { when, backfill } = statement;
    const isMeant = when === undefined || (await isHeld(line.dialect, line.connection, when));
    // Batches let others go on, and there is nothing to fill in.
    const isRun = isMeant && backfill === undefined;
    if (isRun && !rehearsal.mayRun(statement.sql)) throw notTried();
    tell(isRun ? await rehearseOne(line.dialect, rehearsal, statement) : undefined);
  }
  if (isOpen) await line.script('commit');
}

function notTried(): RowhouseError {
  return new RowhouseError('SCRATCH_FAILED', 'the statement does what would outlast a scratch database');
}

/** SQL by hand may be several statements. */
async function rehearseOne(
  { text }: Dialect,
  rehearsal: BlockingRehearsal,
  { sql, transactional }: DefinitionStatement,
): Promise<Effects> {
  if (!transactional) return await rehearsal.run({ sql, transactional });
  let all: Effects = { locks: [], rewrites: [], scans: [] };
  for (const part of splitStatements(sql, text.script)) {
    const { locks, rewrites, scans } = await rehearsal.run({ sql: part, transactional });
    const isFree = locks.every(({ blocks }) => blocks === 'nobody');
    // What was gone through before the first lock kept nobody waiting.
    all = { locks, rewrites: [...all.rewrites, ...rewrites], scans: isFree ? all.scans : [...all.scans, ...scans] };
  }
  return all;
}
