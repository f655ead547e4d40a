import { expect, test } from 'vitest';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { bookshop } from './history.ts';
import { openBench } from './open-bench.ts';

describeEachServer('several runs at once', (server) => {
  test('one applies each revision, the others wait and find nothing', async () => {
    await using temporary = await server.database();
    await using a = await openBench(temporary.url, bookshop);
    await using b = await openBench(temporary.url, bookshop);
    await using c = await openBench(temporary.url, bookshop);

    const reports = await Promise.all([a, b, c].map(async ({ context }) => await upgrade(context)));

    const applied = reports.flatMap(({ revisions }) => revisions.map(({ id }) => id));
    expect(applied.toSorted()).toEqual(['r1', 'r2', 'r3']);
    expect((await a.ledger()).map(({ revision, state }) => [revision, state])).toEqual(
      ['r1', 'r2', 'r3'].map((id) => [id, 'done']),
    );
  });

  test('runs on two databases of one server do not wait for each other', async () => {
    await using first = await server.database();
    await using second = await server.database();
    await using a = await openBench(first.url, bookshop);
    await using b = await openBench(second.url, bookshop);
    let inside: Promise<unknown> | undefined;
    const onProgress = (): void => {
      inside ??= upgrade({ ...b.context, lockWaitMs: 0 });
    };

    await upgrade({ ...a.context, onProgress });
    await inside;

    expect((await migrationStatus(b.context)).current).toEqual(['r3']);
  });

  test('up and down at once leave one of both states', async () => {
    await using temporary = await server.database();
    await using a = await openBench(temporary.url, bookshop);
    await using b = await openBench(temporary.url, bookshop);
    await upgrade(a.context, 'r2');

    await Promise.allSettled([upgrade(a.context), downgrade(b.context)]);

    const { current, unfinished } = await migrationStatus(a.context);
    expect(unfinished).toBeUndefined();
    const tables = (await a.inspect()).tables.map(({ name }) => name);
    expect(tables).toEqual(current[0] === 'r3' ? ['author', 'book', 'drawer', 'shelf'] : ['author', 'book']);
  });
});

// On SQLite each revision's own transaction is the lock, and waits by itself.
describeServers(['postgresql', 'mysql', 'mariadb'], 'a run that waits', (server) => {
  test('is told after its time that another one works', async () => {
    await using temporary = await server.database();
    await using a = await openBench(temporary.url, bookshop);
    await using b = await openBench(temporary.url, bookshop);
    const waiting: Promise<unknown>[] = [];
    const onProgress = (): void => {
      if (waiting.length > 0) return;
      waiting.push(upgrade({ ...b.context, lockWaitMs: 0 }).catch((error: unknown) => error));
    };

    const { revisions } = await upgrade({ ...a.context, onProgress });
    const [outcome] = await Promise.all(waiting);

    expect(revisions.length).toBe(bookshop.length);
    expect(RowhouseError.has(outcome, 'LOCK_HELD')).toBe(true);
  });
});
