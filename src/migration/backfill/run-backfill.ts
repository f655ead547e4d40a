import { displayName } from '../../catalog/model/object-name.ts';
import { interruption } from '../../database/interruption.ts';
import { retryOfCause } from '../../database/retry.ts';
import type { Session } from '../../database/session.ts';
import type { Backfill } from '../../dialect/definition.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { PlanRun } from '../run/migration-context.ts';
import { tellProgress } from '../run/tell-progress.ts';
import { nextRange, updateOf, waitingOf, type BatchRange } from './batch-range.ts';
import { BatchSize } from './batch-size.ts';
import { SavedBackfill } from './saved-progress.ts';
import type { RowKey } from './row-key.ts';
import { pause, Throttle } from './throttle.ts';

/** Rows that come while rows are filled in are found in the next round; who writes faster than we fill has no end. */
const mostRounds = 8;

/** Time for whoever is about to write a row to have written it. */
const betweenRoundsMs = 50;

/** Others' locks and deadlocks are met by chance; this often in a row is none. */
const mostConflicts = 20;

/**
 * Fills in rows batch by batch, in the order of their key, and goes on from the last batch of a run that was cut short.
 * In the end no row answers to the condition: `PROOF_FAILED` when some still do.
 */
export async function runBackfill(run: PlanRun, position: number, backfill: Backfill): Promise<void> {
  const saved = new SavedBackfill(run, position);
  await saved.ensureTable(run);
  const { lastKey, rowsDone } = await saved.read(run.session);
  const waiting = await countWaiting(run.session, backfill);
  const filling: Omit<Filling, 'round'> = {
    run,
    position,
    backfill,
    saved,
    size: new BatchSize(backfill),
    throttle: new Throttle(run.session),
    rows: Number(rowsDone) + waiting,
    startedAt: performance.now(),
    before: Number(rowsDone),
  };
  let done = await fillRound({ ...filling, round: 1 }, lastKey, rowsDone);
  for (let round = 2; (await countWaiting(run.session, backfill)) > 0; round += 1) {
    if (round > mostRounds) throw incomplete(backfill, await countWaiting(run.session, backfill));
    await pause(round * betweenRoundsMs, run.context.signal);
    done = await fillRound({ ...filling, round }, undefined, done);
  }
  await saved.forget(run.session);
}

/** A backfill on its way. */
interface Filling {
  readonly run: PlanRun;
  readonly position: number;
  readonly backfill: Backfill;
  readonly saved: SavedBackfill;
  readonly size: BatchSize;
  readonly throttle: Throttle;
  readonly round: number;
  /** How many there are to do in all, as counted at the start. */
  readonly rows: number;
  /** When this run of it began, with how many rows done. */
  readonly startedAt: number;
  readonly before: number;
}

interface Batch {
  readonly lastKey: RowKey;
  readonly rowsDone: bigint;
}

/** Passes all rows behind `lastKey` once; gives the number of rows filled in so far. */
async function fillRound(filling: Filling, from: RowKey | undefined, done: bigint): Promise<bigint> {
  const { signal } = filling.run.context;
  let lastKey = from;
  let rowsDone = done;
  for (let isFirst = true; ; isFirst = false) {
    if (signal?.aborted === true) throw interruption(signal.reason);
    const mostRows = await filling.throttle.ready(signal);
    if (mostRows !== undefined) filling.size.limit(mostRows);
    const batch = await fillBatch(filling, lastKey, rowsDone, isFirst);
    if (batch === undefined) return rowsDone;
    ({ lastKey, rowsDone } = batch);
    tellFilled(filling, Number(rowsDone));
  }
}

/** Fills in one batch; a smaller one when it meets somebody else's locks. Undefined when no row is left behind `lastKey`. */
async function fillBatch(
  filling: Filling,
  lastKey: RowKey | undefined,
  rowsDone: bigint,
  isFirst: boolean,
): Promise<Batch | undefined> {
  const { run, size } = filling;
  for (let conflicts = 1; ; conflicts += 1) {
    try {
      const startedAt = performance.now();
      const batch = await writeBatch(filling, lastKey, rowsDone, isFirst);
      const tookMs = performance.now() - startedAt;
      size.took(tookMs);
      // Whoever waits for these rows, or for the one place to write in, comes between.
      await pause(Math.min(50, 1 + tookMs / 10), run.context.signal);
      return batch;
    } catch (error) {
      if (retryOfCause(error) !== 'transaction' || conflicts >= mostConflicts) throw error;
      size.halve();
      await pause(Math.random() * Math.min(2_000, 50 * 2 ** conflicts), run.context.signal);
    }
  }
}

/** One transaction: the rows, and how far that brings us. */
async function writeBatch(
  { run, backfill, saved, size, round }: Filling,
  after: RowKey | undefined,
  rowsDone: bigint,
  isFirst: boolean,
): Promise<Batch | undefined> {
  return await run.session.transaction(
    async (transaction) => {
      if (backfill.copy?.before !== undefined) await transaction.run({ sql: backfill.copy.before }, []);
      const range = await nextRange(transaction, backfill, after, size.rows);
      if (range === undefined) return undefined;
      const { changes } = await transaction.run({ sql: updateOf(backfill, range, round) }, range.condition.values);
      if (isFirst && backfill.copy === undefined) await refuseEndless(transaction, backfill, range, changes);
      const batch = { lastKey: range.lastKey, rowsDone: rowsDone + BigInt(changes) };
      await saved.write(transaction, batch.lastKey, batch.rowsDone);
      return batch;
    },
    { attempts: 1 },
  );
}

/** Where the rows that were just filled in all answer to the condition still, no round would be the last. */
async function refuseEndless(
  transaction: Session,
  backfill: Backfill,
  range: BatchRange,
  changes: number,
): Promise<void> {
  if (changes === 0) return;
  const { rows } = await transaction.run({ sql: waitingOf(backfill, range) }, range.condition.values);
  const left = Number(rows[0]?.[0] ?? 0);
  if (left >= changes) throw incomplete(backfill, left);
}

async function countWaiting(session: Session, backfill: Backfill): Promise<number> {
  const { rows } = await session.run({ sql: waitingOf(backfill) }, []);
  return Number(rows[0]?.[0] ?? 0);
}

function tellFilled({ run, position, backfill, rows, startedAt, before }: Filling, rowsDone: number): void {
  const seconds = Math.max(0.001, (performance.now() - startedAt) / 1000);
  const rowsPerSecond = (rowsDone - before) / seconds;
  tellProgress(run, position, {
    stage: 'fills',
    filled: {
      table: displayName(backfill.table),
      rowsDone,
      rows: Math.max(rows, rowsDone),
      rowsPerSecond: Math.round(rowsPerSecond),
      leftMs: rowsPerSecond > 0 ? Math.round((Math.max(0, rows - rowsDone) / rowsPerSecond) * 1000) : undefined,
    },
  });
}

function incomplete({ table, where }: Backfill, rows: number): RowhouseError {
  const name = displayName(table);
  return new RowhouseError(
    'PROOF_FAILED',
    `${name}: ${rows === 1 ? '1 row still waits' : `${rows} rows still wait`} to be filled in after they were`,
    {
      details: { table: name, rows, where },
      hint: 'what `set` writes must end what `where` asks for, and rows that come meanwhile must come filled in: give the columns a default, or keep them in step first',
    },
  );
}
