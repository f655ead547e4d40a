import type { Database } from '../../database/database.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { companionTables } from '../../catalog/model/companion-tables.ts';
import { defaultLedgerName } from '../../migration/ledger/ledger-table.ts';
import { withCopyLock } from './copy-lock.ts';
import type { CopyOptions, CopyReport } from './copy-report.ts';
import { countRows } from './load/read-rows.ts';
import { loadTable } from './load/load-table.ts';
import type { CopyPlan, TableCopy } from './plan/copy-plan.ts';
import { addForeignKeys, makeTables } from './plan/make-target.ts';
import { planCopy } from './plan/plan-copy.ts';
import { claimTables } from './progress/claim-tables.ts';
import { beginProgress, dropProgress, readProgress } from './progress/progress-store.ts';
import { copyTableName } from './progress/progress-table.ts';
import type { Side } from './translate/translation.ts';
import { verifyCopy } from './verify/verify-copy.ts';
import { verifyReferences } from './verify/verify-references.ts';

const defaultBatchRows = 1_000;

/**
 * Copies the rows of one database into another of any engine, and checks that they arrived. Makes the tables that are
 * not there. A run that was cut short is taken up where it stood by running the same copy again.
 *
 * @example
 * ```ts
 * const report = await copy({ from: sqlite, to: postgres, onProgress: ({ table, rows, total }) => draw(table, rows / total) });
 * ```
 */
export async function copy(options: CopyOptions): Promise<CopyReport> {
  const { from, to, batchRows = defaultBatchRows, signal } = options;
  if (!Number.isInteger(batchRows) || batchRows < 1)
    throw new RowhouseError('USAGE', 'batchRows is not a whole number of at least 1', { details: { batchRows } });
  if (from.where === to.where && from.dialect.name === to.dialect.name)
    throw new RowhouseError('COPY_REFUSED', 'source and target are the same database');
  const work = async (session: PinnedSession): Promise<CopyReport> =>
    await withCopyLock(session, signal, async () => await run(session, options));
  return await to.pinned(work, signal === undefined ? {} : { signal });
}

async function run(session: PinnedSession, options: CopyOptions): Promise<CopyReport> {
  const { from, namespaces, batchRows = defaultBatchRows, signal, onProgress = () => undefined } = options;
  const start = performance.now();
  const source = await inspectSource(from, namespaces);
  const target = await sideOf(session, namespaces);
  const began = await readProgress(session);
  const ours = new Set([...began.values()].filter(({ made }) => made).map(({ tableName }) => tableName));
  const plan = planCopy(source, target, { wanted: options.tables, ours });
  // Policies that keep tenants apart would keep rows back from a copy, and nobody would miss them.
  const rows = from.unscoped('copy');
  const { rowFence } = session.dialect;
  if (rowFence !== undefined) await session.run(rowFence.lift, []);
  const totals = await countAll(rows, plan);
  const fresh = await claimTables(rows, session, plan, began, { batchRows, signal });
  await beginProgress(session, from.where, fresh);
  await makeTables(session, plan, source, target);
  for (const statement of session.dialect.sessions.bulkLoad ?? []) await session.run({ sql: statement }, []);
  const times = new Map<string, number>();
  const progress = await readProgress(session);
  for (const table of plan.tables) {
    const started = performance.now();
    const total = totals.get(table.name) ?? 0;
    const onRows = (rows: number): void => onProgress({ phase: 'load', table: table.name, rows, total });
    await loadTable(rows.read, session, table, progressOf(table), { batchRows, signal, onRows });
    times.set(table.name, performance.now() - started);
  }
  await settle(session, plan);
  const digests = await verifyCopy(rows.read, session, plan, { batchRows, signal, totals, onProgress });
  await dropProgress(session);
  return {
    tables: plan.tables.map(({ name }) => ({
      name,
      rows: digests.get(name)?.rows ?? 0,
      hash: digests.get(name)?.hash ?? '',
      ms: Math.round(times.get(name) ?? 0),
    })),
    skipped: plan.skipped,
    notes: plan.notes,
    totalMs: Math.round(performance.now() - start),
  };

  function progressOf({ name }: TableCopy): NonNullable<ReturnType<typeof progress.get>> {
    const found = progress.get(name);
    if (found !== undefined) return found;
    throw new RowhouseError('COPY_REFUSED', `the progress of table ${name} is gone from the target`, {
      details: { table: name },
      hint: 'another copy has ended meanwhile; run this one again',
    });
  }
}

/** What comes after the rows: foreign keys, and numbers that go on behind the highest. */
async function settle(session: PinnedSession, plan: CopyPlan): Promise<void> {
  const { numbering, sessions } = session.dialect;
  await addForeignKeys(session, plan);
  for (const table of plan.tables) {
    if (sessions.bulkLoad !== undefined) await verifyReferences(session, table);
    for (const { sql, values } of numbering === undefined
      ? []
      : numberedColumns(table).map(passMaximum(table, numbering)))
      await session.run({ sql }, values);
  }
}

function numberedColumns({ table, to }: TableCopy): readonly string[] {
  return table.columns
    .filter(({ identity, default: value, type }) => {
      const isWhole = type.kind === 'smallint' || type.kind === 'integer' || type.kind === 'bigint';
      return isWhole && (identity !== undefined || value?.kind === 'expression');
    })
    .flatMap(({ name }) => to.columns.find(({ label }) => label === name)?.name ?? []);
}

function passMaximum(
  { to }: TableCopy,
  numbering: NonNullable<PinnedSession['dialect']['numbering']>,
): (column: string) => ReturnType<typeof numbering.passMaximum> {
  return (column) => numbering.passMaximum(to.table, column);
}

async function inspectSource(from: Database, namespaces: readonly string[] | undefined): Promise<Side> {
  return await from.pinned(async (session) => await sideOf(session, namespaces));
}

async function sideOf(
  { dialect, connection }: PinnedSession,
  namespaces: readonly string[] | undefined,
): Promise<Side> {
  const exclude = [defaultLedgerName, ...Object.values(companionTables), copyTableName];
  const asked = dialect.traits.namespaces ? namespaces : undefined;
  return { dialect, catalog: await dialect.inspector.inspect(connection, { exclude, namespaces: asked }) };
}

async function countAll(from: Pick<Database, 'read'>, plan: CopyPlan): Promise<ReadonlyMap<string, number>> {
  const totals = new Map<string, number>();
  for (const table of plan.tables) totals.set(table.name, await countRows(from.read, table.from));
  return totals;
}
