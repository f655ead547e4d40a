import { expect, test, vi } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import type { Session } from '../../../src/database/session.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { openUrl } from './open-url.ts';

async function fill(url: string): Promise<void> {
  await using database = await openUrl(url);
  await database.execute(sql`create table account (id integer primary key, balance integer not null)`);
  await database.execute(sql`insert into account (id, balance) values (1, 100), (2, 0)`);
}

async function balances(session: Session): Promise<readonly number[]> {
  const rows = await session.query<{ balance: number }>(sql`select balance from account order by id`, {
    types: { balance: { kind: 'integer' } },
  });
  return rows.map((row) => row.balance);
}

async function add(session: Session, id: number, amount: number): Promise<void> {
  await session.execute(sql`update account set balance = balance + ${amount} where id = ${id}`);
}

async function duplicate(session: Session): Promise<void> {
  await session.execute(sql`insert into account (id, balance) values (1, 7)`);
}

function idle(database: Database): void {
  for (const metrics of Object.values(database.metrics())) expect(metrics).toMatchObject({ inUse: 0, waiting: 0 });
}

describeEachServer('a transaction', (server) => {
  const setUp = async (): Promise<AsyncDisposable & { database: Database }> => {
    const temporary = await server.database({ key: 'accounts', prepare: fill });
    const database = await openUrl(temporary.url);
    return {
      database,
      async [Symbol.asyncDispose]() {
        await database.close();
        await temporary[Symbol.asyncDispose]();
      },
    };
  };

  test('keeps all of it when the work returns', async () => {
    await using place = await setUp();
    const { database } = place;

    const given = await database.transaction(async (transaction) => {
      await add(transaction, 1, -30);
      await add(transaction, 2, 30);
      return await balances(transaction);
    });

    expect(given).toEqual([70, 30]);
    expect(await balances(database)).toEqual([70, 30]);
    idle(database);
  });

  test('keeps nothing when the work throws, and throws the same error', async () => {
    await using place = await setUp();
    const { database } = place;
    const mine = new Error('mine');

    const failed = database.transaction(async (transaction) => {
      await add(transaction, 1, -30);
      throw mine;
    });

    await expect(failed).rejects.toBe(mine);
    expect(await balances(database)).toEqual([100, 0]);
    idle(database);
  });

  test('takes no statement after one failed, and cannot be committed', async () => {
    await using place = await setUp();
    const { database } = place;

    const failed = database.transaction(async (transaction) => {
      await add(transaction, 1, -30);
      await expect(duplicate(transaction)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
      await expect(add(transaction, 2, 30)).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
    });

    await expect(failed).rejects.toMatchObject({ code: 'TRANSACTION_FAILED', cause: { code: 'UNIQUE_VIOLATION' } });
    expect(await balances(database)).toEqual([100, 0]);
  });

  test('undoes only what a failed nested transaction did', async () => {
    await using place = await setUp();
    const { database } = place;

    await database.transaction(async (outer) => {
      await add(outer, 1, 1);
      const nested = outer.transaction(async (inner) => {
        await add(inner, 1, 10);
        await inner.transaction(async (innermost) => await add(innermost, 1, 100));
        await duplicate(inner);
      });
      await expect(nested).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
      await outer.transaction(async (inner) => await add(inner, 1, 1000));
    });

    expect(await balances(database)).toEqual([1101, 0]);
  });

  test('does not keep a nested transaction that hid its error', async () => {
    await using place = await setUp();
    const { database } = place;

    await database.transaction(async (outer) => {
      const nested = outer.transaction(async (inner) => {
        await add(inner, 1, 10);
        await duplicate(inner).catch(() => undefined);
      });
      await expect(nested).rejects.toMatchObject({ code: 'TRANSACTION_FAILED' });
      await add(outer, 2, 5);
    });

    expect(await balances(database)).toEqual([100, 5]);
  });

  test('lets only the innermost speak', async () => {
    await using place = await setUp();
    const { database } = place;

    await database.transaction(async (outer) => {
      await outer.transaction(async () => {
        await expect(add(outer, 1, 1)).rejects.toMatchObject({ code: 'CONNECTION_BUSY' });
        await expect(outer.transaction(async () => undefined)).rejects.toMatchObject({ code: 'CONNECTION_BUSY' });
      });
      await expect(outer.transaction(async () => undefined, { isolation: 'serializable' })).rejects.toMatchObject({
        code: 'USAGE',
      });
    });
  });

  test('runs statements one after another that were started together', async () => {
    await using place = await setUp();
    const { database } = place;

    await database.transaction(async (transaction) => {
      await Promise.all(Array.from({ length: 20 }, async () => await add(transaction, 2, 1)));
    });

    expect(await balances(database)).toEqual([100, 20]);
  });

  test('takes no statement after its end', async () => {
    await using place = await setUp();
    const { database } = place;
    let kept: Session | undefined;
    let keptNested: Session | undefined;

    await database.transaction(async (transaction) => {
      kept = transaction;
      await transaction.transaction(async (nested) => {
        keptNested = nested;
      });
      await expect(add(keptNested!, 1, 1)).rejects.toMatchObject({ code: 'TRANSACTION_CLOSED' });
    });

    await expect(add(kept!, 1, 1)).rejects.toMatchObject({ code: 'TRANSACTION_CLOSED' });
    expect(await balances(database)).toEqual([100, 0]);
  });

  test('in which nothing is done gives what its work gives, and its hooks run', async () => {
    await using bench = await setUp();
    const { database } = bench;
    let hooks = 0;

    const given = await database.transaction(async (transaction) => {
      transaction.afterCommit(() => void (hooks += 1));
      return 'done';
    });
    await expect(
      database.transaction(async () => {
        throw new Error('on purpose');
      }),
    ).rejects.toThrow('on purpose');

    expect({ given, hooks }).toEqual({ given: 'done', hooks: 1 });
    expect(await balances(database)).toEqual([100, 0]);
    idle(database);
  });

  test('refuses to write when it is read-only, and its connection can write afterwards', async () => {
    await using place = await setUp();
    const { database } = place;

    await database
      .transaction(
        async (transaction) => {
          expect(await balances(transaction)).toEqual([100, 0]);
          const writing = add(transaction, 1, 1);
          await expect(writing).rejects.toMatchObject({ code: 'READ_ONLY' });
        },
        { readOnly: true },
      )
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'TRANSACTION_FAILED' }));

    await add(database, 1, 1);
    expect(await balances(database)).toEqual([101, 0]);
  });

  test('is rolled back when its block is left without commit', async () => {
    await using place = await setUp();
    const { database } = place;
    {
      await using lost = await database.begin();
      await add(lost, 1, 1);
    }
    {
      await using kept = await database.begin();
      await add(kept, 2, 2);
      await kept.commit();
    }

    expect(await balances(database)).toEqual([100, 2]);
    idle(database);
  });

  test('calls hooks after commit only, and none of what was rolled back', async () => {
    await using place = await setUp();
    const { database } = place;
    const calls: string[] = [];

    await database.transaction(async (transaction) => {
      transaction.afterCommit(() => void calls.push('first'));
      transaction.afterCommit(async () => await Promise.reject(new Error('a hook fails')));
      await transaction.transaction(async (nested) => nested.afterCommit(() => void calls.push('nested')));
      await transaction
        .transaction(async (nested) => {
          nested.afterCommit(() => void calls.push('never'));
          await duplicate(nested);
        })
        .catch(() => undefined);
      expect(calls).toEqual([]);
    });
    await database
      .transaction(async (transaction) => {
        transaction.afterCommit(() => void calls.push('never'));
        throw new Error('no');
      })
      .catch(() => undefined);

    expect(calls).toEqual(['first', 'nested']);
  });

  test('warns of a hook that fails when nobody gave a logger, without its words', async () => {
    await using place = await setUp();
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => {
      if (warning.name === 'RowhouseWarning') warnings.push(warning);
    };
    process.on('warning', onWarning);

    try {
      await place.database.transaction(async (transaction) => {
        transaction.afterCommit(async () => await Promise.reject(new TypeError('no mail to ada@example.org')));
      });
      await vi.waitUntil(() => warnings.length > 0);
    } finally {
      process.off('warning', onWarning);
    }

    expect(warnings).toMatchObject([
      { code: 'AFTER_COMMIT_FAILED', message: 'a hook after commit failed with TypeError' },
    ]);
    expect(warnings[0]).toHaveProperty('detail', expect.stringContaining('transaction.test.ts'));
    expect(JSON.stringify(warnings.map(({ message, ...more }) => [message, more]))).not.toContain('ada@');
  });

  test('loses no update when serializable transactions collide: the work runs again', async () => {
    await using place = await setUp();
    const { database } = place;
    let starts = 0;
    const increments = Array.from({ length: 6 }, async () => {
      await database.transaction(
        async (transaction) => {
          starts += 1;
          const [balance = 0] = await balances(transaction);
          await transaction.execute(sql`update account set balance = ${balance + 1} where id = 1`);
        },
        { isolation: 'serializable', attempts: 50 },
      );
    });

    await Promise.all(increments);

    expect(await balances(database)).toEqual([106, 0]);
    expect(starts).toBeGreaterThanOrEqual(6);
    idle(database);
  });

  test('gives up after its attempts with the last error', async () => {
    await using place = await setUp();
    const { database } = place;
    let starts = 0;

    const failed = database.transaction(
      async () => {
        starts += 1;
        throw new RowhouseError('DEADLOCK', 'made up');
      },
      { attempts: 3 },
    );

    await expect(failed).rejects.toMatchObject({ code: 'DEADLOCK' });
    expect(starts).toBe(3);
  });
});

// MySQL and MariaDB defer no constraint.
describeServers(['postgresql', 'sqlite'], 'a transaction of a pinned session', (server) => {
  test('has begun before its first statement: what is done on the connection beside it is part of it', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);

    await database.pinned(async (session) => {
      const undone = session.transaction(async () => {
        await session.connection.script('create table undone (id integer)');
        throw new Error('on purpose');
      });
      await expect(undone).rejects.toThrow('on purpose');
    });

    await expect(database.query(sql`select * from undone`)).rejects.toMatchObject({ code: 'OBJECT_MISSING' });
  });
});

describeServers(['postgresql', 'sqlite'], 'a constraint that is checked at commit', (server) => {
  test('fails the commit with its own code', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);
    await database.execute(sql`create table parent (id integer primary key)`);
    await database.execute(
      sql`create table child (id integer primary key, parent integer references parent (id) deferrable initially deferred)`,
    );

    const failed = database.transaction(async (transaction) => {
      await transaction.execute(sql`insert into child values (1, 99)`);
    });

    await expect(failed).rejects.toMatchObject({ code: 'FOREIGN_KEY_VIOLATION' });
    expect(await database.query(sql`select id from child`)).toEqual([]);
    await database.transaction(async (transaction) => {
      await transaction.execute(sql`insert into child values (1, 99)`);
      await transaction.execute(sql`insert into parent values (99)`);
    });
    expect(await database.query(sql`select id from child`)).toHaveLength(1);
  });
});
