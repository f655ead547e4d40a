import { expect, test } from 'vitest';
import type { Connection } from '../../../src/driver/connection.ts';
import type { Structure } from '../../../src/dialect/structure/fact.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { previewUpgrade } from '../../../src/migration/run/preview.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { rawDefinition } from '../../../src/schema/raw-object.ts';
import { exclusion } from '../../../src/schema/managed/exclusion.ts';
import { sql } from '../../../src/sql/sql.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';
import { openBench } from '../migration/open-bench.ts';
import { bookingChanges, bookingHistory, bookingHistoryOf, bookings, hangings } from './bookings.ts';
import { together } from './keep-booking.ts';
import { differences, rowsOf, structureOf, unlike, whileBooking } from './while-booking.ts';

const count = 20_000;

describeServers(
  ['postgresql-15', 'postgresql-18'],
  'a large table that the server could only read or write anew while writers wait',
  (server) => {
    test.each(Object.keys(bookingChanges))(
      'gets %s while others write, and loses nothing that they write',
      async (title) => {
        await using temporary = await server.database();
        await using bench = await openBench(temporary.url, bookingHistory(title));
        await using open = await openConnection(temporary.url);
        await upgrade(bench.context, 'r1');
        await open.connection.script(`${hangings} ${bookings(count)}`);

        const written = await whileBooking(temporary.url, count, async () => await upgrade(bench.context));

        expect(written.flatMap(({ failures }) => failures)).toEqual([]);
        expect(Math.min(...written.map(({ turns }) => turns))).toBeGreaterThan(20);
        expect(unlike(await rowsOf(open.connection), together(written))).toEqual([]);
        expect(await differences(open, await plainly(server, bookingHistory(title)))).toEqual([]);
        const texts = JSON.parse((await bench.ledger())[1]?.plan ?? '[]') as readonly string[];
        expect(texts).toEqual([expect.stringContaining('by a copy that takes its place') as string]);
        expect(await nextId(open.connection)).toBe(String(count + 1));
      },
    );

    test.each(Object.keys(bookingChanges))('loses %s, gets it again, and is what it was', async (title) => {
      await using temporary = await server.database();
      await using bench = await openBench(temporary.url, bookingHistory(title));
      await using open = await openConnection(temporary.url);
      await upgrade(bench.context, 'r1');
      await open.connection.script(`${hangings} ${bookings(2_000)}`);
      const [before, rows] = [await structureOf(open), await rowsOf(open.connection)];

      await upgrade(bench.context);
      await downgrade(bench.context);

      expect(await differences(open, before)).toEqual([]);
      await upgrade(bench.context);
      expect(await differences(open, await plainly(server, bookingHistory(title)))).toEqual([]);
      expect(unlike(await rowsOf(open.connection), rows)).toEqual([]);
    });

    test('is left as it was where rows are in the way, with their keys where they can be told beforehand', async () => {
      await using temporary = await server.database();
      await using bench = await openBench(temporary.url, bookingHistory('an exclusion constraint'));
      await using open = await openConnection(temporary.url);
      await upgrade(bench.context, 'r1');
      await open.connection.script(`${bookings(2_000)}; update booking set day = 5 where id = 6`);
      const before = await structureOf(open);
      const equal = exclusion('booking_once', 'booking', sql`using btree (day with =) where (room >= 0)`);

      await expect(upgrade(bench.context)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
      await expect(
        upgrade(bench.with(bookingHistoryOf({ kind: 'create-raw', object: equal[rawDefinition] }))),
      ).rejects.toMatchObject({
        code: 'ROWS_IN_THE_WAY',
        details: {
          table: 'booking',
          keys: [{ id: expect.anything() as unknown }, { id: expect.anything() as unknown }],
        },
      });

      expect(await differences(open, before)).toEqual([]);
    });

    test.each([
      [
        'create table guest (booking bigint references booking)',
        /constraint public\.guest\.guest_booking_fkey refers to it/,
      ],
      ['alter table booking force row level security', /policies hide its rows/],
      ['create materialized view seen as select id from booking', /materialized view public\.seen stands on it/],
      ['create publication all_of_it for all tables', /publication all_of_it would publish the copy/],
    ])('is refused, with the reason, where it cannot be copied: %s', async (obstacle, reason) => {
      await using temporary = await server.database();
      await using bench = await openBench(temporary.url, bookingHistory('a stored computed column'));
      await using open = await openConnection(temporary.url);
      await upgrade(bench.context, 'r1');
      await open.connection.script(`${bookings(2_000)}; ${obstacle}`);

      await expect(upgrade(bench.context)).rejects.toMatchObject({
        code: 'BUDGET_EXCEEDED',
        message: expect.stringMatching(reason) as string,
      });
      await upgrade({ ...bench.context, blockedRows: 2_000 });
      expect((await bench.ledger()).map(({ revision: id }) => id)).toEqual(['r1', 'r2']);
    });

    test('is told by a dry run that may ask', async () => {
      await using temporary = await server.database();
      await using bench = await openBench(temporary.url, bookingHistory('a stored computed column'));
      await using open = await openConnection(temporary.url);
      await upgrade(bench.context, 'r1');
      await open.connection.script(bookings(2_000));

      const { plans } = await previewUpgrade(bench.context, 'head', { asksServer: true });

      expect(plans[0]?.transactional).toBe(false);
      expect(plans[0]?.statements[0]?.agreed).toMatchObject({ online: { kind: 'copy', table: 'booking' } });
    });
  },
);

async function nextId(connection: Connection): Promise<unknown> {
  const insert = `insert into booking (room, day, code) values (1, 9000000, 'last') returning id::text`;
  return (await connection.run({ sql: insert }, [])).rows[0]?.[0];
}

/** What the revisions make of a database without rows, where nothing has to be done in steps. */
async function plainly(server: TestServer, history: readonly LoadedRevision[]): Promise<Structure> {
  await using temporary = await server.database();
  await using bench = await openBench(temporary.url, history);
  await using open = await openConnection(temporary.url);
  await upgrade(bench.context, 'r1');
  await open.connection.script(hangings);
  await upgrade(bench.context);
  return await structureOf(open);
}
