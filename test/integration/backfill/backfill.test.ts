import { expect, test } from 'vitest';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import type { BackfillProgress, MigrationProgress } from '../../../src/migration/run/migration-context.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';
import { countCustomers, customer, customers, fillContact, insertCustomers } from './customers.ts';

describeEachServer('a backfill', (server) => {
  test('fills in 50,000 rows batch by batch and says how it gets on', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, customers());
    await upgrade(bench.context, 'r1');
    await insertCustomers(bench.database, 50_000);
    const told: BackfillProgress[] = [];

    await upgrade({ ...bench.context, onProgress: ({ filled }) => filled !== undefined && told.push(filled) });

    expect(await countCustomers(bench.database, 'contact = email')).toBe(50_000);
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toMatchObject({ table: 'customer', rowsDone: 50_000, rows: 50_000, leftMs: 0 });
  });

  test('goes on from the last batch when it was stopped in the middle', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, customers({ ...fillContact, batchRows: 500 }));
    await upgrade(bench.context, 'r1');
    await insertCustomers(bench.database, 5_000);
    const stop = new AbortController();
    const stopAfter = ({ filled }: MigrationProgress): void => {
      if ((filled?.rowsDone ?? 0) >= 2_000) stop.abort(new Error('enough'));
    };
    await expect(upgrade({ ...bench.context, signal: stop.signal, onProgress: stopAfter })).rejects.toThrow();
    const doneBefore = await countCustomers(bench.database, 'contact is not null');
    const told: number[] = [];

    await upgrade({
      ...bench.context,
      onProgress: ({ filled }) => filled !== undefined && told.push(filled.rowsDone),
    });

    expect(doneBefore).toBe(2_000);
    expect(told[0]).toBe(2_500);
    expect(await countCustomers(bench.database, 'contact = email')).toBe(5_000);
  });

  test('is an error and no endless loop when what it sets does not end its condition', async () => {
    await using temporary = await server.database();
    const set = { email: textExpression("'same'") };
    await using bench = await openBench(temporary.url, customers({ ...fillContact, set }));
    await upgrade(bench.context, 'r1');
    await insertCustomers(bench.database, 2_000);

    const outcome = await upgrade(bench.context).catch((error: unknown) => error);

    expect(RowhouseError.has(outcome, 'PROOF_FAILED') && outcome.message).toContain('1000 rows still wait');
    expect(await countCustomers(bench.database, "email = 'same'")).toBe(0);
  });

  test('leaves its values when it is taken back, and can be applied again', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, customers());
    await upgrade(bench.context, 'r1');
    await insertCustomers(bench.database, 1_000);
    await upgrade(bench.context);

    await downgrade(bench.context);
    const kept = await countCustomers(bench.database, 'contact = email');
    await bench.database.run({ sql: 'update customer set contact = null where region = 3' }, []);
    await upgrade(bench.context);

    expect(kept).toBe(1_000);
    expect(await countCustomers(bench.database, 'contact = email')).toBe(1_000);
  });
});

// SQLite runs in this process: while it waited for its own lock, nobody could give it back.
describeServers(['postgresql', 'mysql', 'mariadb'], 'a backfill while others write', (server) => {
  test('also fills in rows that come while it is under way', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, customers({ ...fillContact, batchRows: 500 }));
    await using writer = await openBench(temporary.url, []);
    await upgrade(bench.context, 'r1');
    await insertCustomers(bench.database, 5_000);
    let isOver = false;
    const write = async (): Promise<number> => {
      let written = 0;
      for (; !isOver; written += 1) {
        const values = `(0, 'a${written}', 'late${written}')`;
        await writer.database.run({ sql: `insert into customer (region, code, email) values ${values}` }, []);
        const other = `update customer set email = 'new', contact = 'new' where code = 'c${written * 7}'`;
        await writer.database.run({ sql: other }, []);
      }
      return written;
    };

    const writing = write();
    const onProgress = ({ filled }: MigrationProgress): void => {
      isOver ||= (filled?.rowsDone ?? 0) >= 3_000;
    };
    const outcome = await upgrade({ ...bench.context, onProgress }).catch((error: unknown) => error);
    isOver = true;
    const written = await writing;

    expect(outcome).not.toBeInstanceOf(Error);
    expect(written).toBeGreaterThan(0);
    expect(await countCustomers(bench.database, 'contact = email')).toBe(5_000 + written);
    expect(await countCustomers(bench.database, "email = 'new'")).toBe(written);
  });
});

const { primaryKey: _, ...keyless } = customer;

describeServers(['postgresql'], 'a backfill of a table without a key', (server) => {
  test('passes its rows as they are stored', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, customers(fillContact, keyless));
    await upgrade(bench.context, 'r1');
    await insertCustomers(bench.database, 5_000);

    await upgrade(bench.context);

    expect(await countCustomers(bench.database, 'contact = email')).toBe(5_000);
  });
});

describeServers(['mysql', 'mariadb', 'sqlite'], 'a backfill of a table without a key', (server) => {
  test('is refused before anything runs', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, customers(fillContact, keyless));

    const outcome = await upgrade(bench.context).catch((error: unknown) => error);

    expect(RowhouseError.has(outcome, 'CAPABILITY_MISSING')).toBe(true);
    expect(await bench.ledger()).toEqual([]);
  });
});
