import { expect, test } from 'vitest';
import { renderLockWait } from '../../../src/cli/render/lock-wait.ts';
import type { Database } from '../../../src/database/database.ts';
import type { MigrationProgress } from '../../../src/migration/run/migration-context.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { addColumn, createTable, revision } from './history.ts';
import { openBench } from './open-bench.ts';

const history = [
  revision('r1', [], [createTable('shelf')]),
  revision('r2', ['r1'], [addColumn('shelf', 'label'), createTable('drawer')]),
];

/** One second is the shortest that MySQL knows. */
const lockTimeoutMs = 1_000;

/** What a busy machine adds to the answer of a query that waits for nothing. */
const slackMs = 400;

// On SQLite a reader is in nobody's way.
describeServers(['postgresql', 'mysql', 'mariadb'], 'a table that a long transaction reads', (server) => {
  test('is changed once the reader is gone; until then nobody else waits longer than the lock timeout', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await using others = await openBench(temporary.url, []);
    await upgrade(bench.context, 'r1');
    const reader = await beginReading(others.database);
    const meter = measureQueries(others.database);
    const waits: MigrationProgress[] = [];
    const onProgress = (progress: MigrationProgress): void => {
      if (progress.stage !== 'waits') return;
      waits.push(progress);
      if (tries(waits) === 3) reader.leave();
    };

    const { revisions } = await upgrade({ ...bench.context, lockTimeoutMs, retryForMs: 60_000, onProgress });
    await reader.gone;
    const longestMs = await meter.stop();

    console.log(
      `${server.name}: the longest query took ${Math.round(longestMs)} ms, ${tries(waits)} tries were given up`,
    );
    expect(revisions.map(({ id }) => id)).toEqual(['r2']);
    expect(tries(waits)).toBeGreaterThanOrEqual(3);
    expect(longestMs).toBeLessThan(lockTimeoutMs + slackMs);
    expect(longestMs).toBeGreaterThan(lockTimeoutMs / 2); // it did wait behind a try
    const blockers = waits.flatMap((progress) => progress.blockers ?? []);
    expect(blockers.map(({ sessionId }) => sessionId)).toContain(reader.sessionId);
    const told = waits.map(renderLockWait);
    expect(told).toContainEqual(expect.stringMatching(/^up r2: statement 1 waits for a lock; session \d+ \(/));
    expect(told).toContainEqual(expect.stringMatching(/let go of everything; trying again in \d+\.\d s$/));
    expect(blockers.every(({ transactionMs = 0 }) => transactionMs >= 0)).toBe(true);
  });

  test('is left alone when the time for trying is up, and the next run changes it', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await using others = await openBench(temporary.url, []);
    await upgrade(bench.context, 'r1');
    const before = await bench.inspect();
    const reader = await beginReading(others.database);

    const error: unknown = await upgrade({ ...bench.context, lockTimeoutMs, retryForMs: 0 }).catch(
      (reason: unknown) => reason,
    );
    reader.leave();
    await reader.gone;

    expect(error).toMatchObject({ code: 'LOCK_TIMEOUT', details: { revision: 'r2', position: 0 } });
    expect(await bench.inspect()).toEqual(before);
    expect((await migrationStatus(bench.context)).unfinished).toBeUndefined();
    await upgrade(bench.context);
    expect((await migrationStatus(bench.context)).current).toEqual(['r2']);
  });

  test('stops being waited for when the run is stopped', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await using others = await openBench(temporary.url, []);
    await upgrade(bench.context, 'r1');
    const reader = await beginReading(others.database);
    const stop = new AbortController();
    const onProgress = ({ retryInMs }: MigrationProgress): void => {
      if (retryInMs !== undefined) stop.abort();
    };

    const run = upgrade({ ...bench.context, lockTimeoutMs, signal: stop.signal, onProgress });

    await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
    reader.leave();
    await reader.gone;
    expect((await migrationStatus(bench.context)).current).toEqual(['r1']);
  });
});

describeServers(['mysql', 'mariadb'], 'a table read by a statement whose bytes are no text', (server) => {
  test('is told with its reader, though the list of processes cannot show the statement', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await using others = await openBench(temporary.url, []);
    await upgrade(bench.context, 'r1');
    await bench.database.run({ sql: 'insert into shelf (id) values (1)' }, []);
    const bytes = Buffer.alloc(300, 255);
    const reader = others.database.pinned(async ({ connection }) => {
      await connection.run({ sql: 'select sleep(2.5), length(?) from shelf' }, [bytes]);
      return connection.sessionId;
    });
    const waits: MigrationProgress[] = [];
    const onProgress = (progress: MigrationProgress): void => void (progress.stage === 'waits' && waits.push(progress));

    await upgrade({ ...bench.context, lockTimeoutMs, retryForMs: 60_000, onProgress });

    const blockers = waits.flatMap((progress) => progress.blockers ?? []);
    expect(blockers.map(({ sessionId }) => sessionId)).toContain(await reader);
  });
});

/** How many tries were given up. */
function tries(waits: readonly MigrationProgress[]): number {
  return waits.filter(({ retryInMs }) => retryInMs !== undefined).length;
}

interface Reader {
  readonly sessionId: string;
  leave(): void;
  readonly gone: Promise<void>;
}

/** A transaction that has read the table and stays open. */
async function beginReading(database: Database): Promise<Reader> {
  const entered = Promise.withResolvers<string>();
  const left = Promise.withResolvers<undefined>();
  const gone = database.pinned(async (session) => {
    await session.transaction(async (transaction) => {
      await transaction.run({ sql: 'select id from shelf' }, []);
      entered.resolve(session.connection.sessionId);
      await left.promise;
    });
  });
  return { sessionId: await entered.promise, leave: () => left.resolve(undefined), gone };
}

/** Queries the table again and again on a connection of its own. */
function measureQueries(database: Database): { stop(): Promise<number> } {
  let isStopped = false;
  const measuring = database.pinned(async (session) => {
    let longestMs = 0;
    while (!isStopped) {
      const from = performance.now();
      await session.run({ sql: 'select count(*) from shelf' }, []);
      longestMs = Math.max(longestMs, performance.now() - from);
    }
    return longestMs;
  });
  return {
    stop: async () => {
      isStopped = true;
      return await measuring;
    },
  };
}
