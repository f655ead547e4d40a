import { expect, test } from 'vitest';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';
import { openBench } from '../migration/open-bench.ts';
import { bookingChanges, bookingHistory, bookings } from './bookings.ts';
import { killUpgradeAt } from './kill-upgrade.ts';

const count = 5_000;

/** `says`: so many steps are done. `fills`: so many batches are copied. `ran`: the ledger alone does not know. */
const places = {
  'after the copy was made': 'says 1',
  'before the first row': 'says 2',
  'among the rows': 'fills 2',
  'before the change of places': 'says 3',
  'after the change of places': 'ran 1',
};

describeServers(['postgresql-15', 'postgresql-18'], 'the copy of a table whose process was killed', (server) => {
  test.each(
    Object.keys(bookingChanges).flatMap((title) =>
      Object.entries(places).map(([where, place]) => [title, where, place] as const),
    ),
  )('for %s, %s, is finished by the next run, and nothing of it is left', async (title, _where, place) => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookingHistory(title));
    await using open = await openConnection(temporary.url);
    await upgrade(bench.context, 'r1');
    await open.connection.script(bookings(count));

    const stoodAt = await killUpgradeAt(temporary.url, bookingHistory(title), place);
    await open.connection.script(
      `update booking set note = 'late' where id % 100 = 0; delete from booking where id % 100 = 1`,
    );
    const { resumed } = await upgrade(bench.context);

    expect(stoodAt).toBe(place.split(' ')[0]);
    expect(resumed).toBe(true);
    const { rows } = await open.connection.run(
      { sql: `select count(*)::text, sum((note = 'late')::int)::text from booking` },
      [],
    );
    expect(rows).toEqual([[String(count - count / 100), String(count / 100)]]);
    expect((await open.connection.run({ sql: leftovers }, [])).rows).toEqual([]);
    await downgrade(bench.context);
    expect((await bench.ledger()).at(-1)).toMatchObject({ revision: 'r2', direction: 'down', state: 'done' });
  });
});

const leftovers = `select relname from pg_class where relname ~ '__(new|sync|old)_'
union all select tgname from pg_trigger where tgname like 'rowhouse%'
union all select proname from pg_proc where proname ~ '__sync_'`;
