import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';
import { runSegments } from './run-segments.ts';
import { prepareShop, shop } from './shop.ts';

const total = { name: 'total', type: { kind: 'bigint' }, nullable: false } as const;

describeServers(['postgresql-15', 'postgresql-18'], 'a column that gets another type', (server) => {
  test('loses nothing that others write meanwhile, and keeps nobody out', async () => {
    await using database = await server.database({ key: 'online shop', prepare: prepareShop });
    await using open = await openConnection(database.url);
    await using writer = await openConnection(database.url);
    await open.connection.script(`insert into purchase (customer, total) select 1, n from generate_series(1, 50000) n`);
    const statements = open.dialect.definition.compile(
      { kind: 'alter-column', table: { name: 'purchase' }, column: total },
      shop,
      { safe: 'online' },
    );

    let isOver = false;
    const write = async (): Promise<number> => {
      let rounds = 0;
      while (!isOver) {
        rounds += 1;
        await writer.connection.script(`
          insert into purchase (customer, total, note) values (2, 70000 + ${rounds}, 'after');
          update purchase set total = total + 100000 where id % 1000 = ${rounds % 1000} and total < 100000;
          delete from purchase where note = 'after' and total = 70000 + ${rounds - 5};`);
      }
      return rounds;
    };
    const writing = write();
    await runSegments(open.connection, statements).finally(() => {
      isOver = true;
    });
    const rounds = await writing;

    const { rows } = await open.connection.run({ sql: checks }, []);
    expect(rounds).toBeGreaterThan(5);
    expect(rows.map(([type, , missing]) => [type, missing])).toEqual([['bigint', '0']]);
    expect(Number(rows[0]?.[1])).toBeGreaterThan(51_000);
  });

  test('is finished by a second run after the first was cut short while it wrote', async () => {
    await using database = await server.database({ key: 'online shop', prepare: prepareShop });
    await using open = await openConnection(database.url);
    const statements = open.dialect.definition.compile(
      { kind: 'alter-column', table: { name: 'purchase' }, column: total },
      shop,
      { safe: 'online' },
    );
    const backfill = statements.findIndex((statement) => statement.class === 'data');
    await runSegments(open.connection, statements.slice(0, backfill));
    await open.connection.script(`update purchase set total = total where id <= 300`);

    await runSegments(open.connection, statements.slice(backfill, backfill + 1));
    await runSegments(open.connection, statements.slice(backfill));

    const { rows } = await open.connection.run({ sql: checks }, []);
    expect(rows).toEqual([['bigint', '1000', '0']]);
  });
});

const checks = `select pg_typeof((select total from purchase limit 1))::text, count(*)::text,
  (count(*) filter (where total is null))::text from purchase`;
