import type { Connection } from '../../../src/driver/connection.ts';
import type { Structure } from '../../../src/dialect/structure/fact.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';
import { keepBooking, type Bookings } from './keep-booking.ts';

/** Writes from four connections, half of them under one snapshot a transaction, until the work is done. */
export async function whileBooking(
  url: string,
  count: number,
  work: () => Promise<unknown>,
): Promise<readonly Bookings[]> {
  const stop = new AbortController();
  const writing = [0, 1, 2, 3].map(async (place) => {
    await using writer = await openConnection(url);
    const isolation = place < 2 ? 'read committed' : 'repeatable read';
    return await keepBooking(writer.connection, count, stop.signal, { place, isolation });
  });
  await work().finally(() => stop.abort());
  return await Promise.all(writing);
}

export async function rowsOf(connection: Connection): Promise<Rows> {
  const { rows } = await connection.run({ sql: 'select id::text, day::text, note from booking order by id' }, []);
  return rows;
}

/** The rows that only one of them has, a few of them: twenty thousand are no message. */
export function unlike(found: Rows, wanted: Rows): readonly string[] {
  const [mine, other] = [found, wanted].map((rows) => new Set(rows.map((row) => JSON.stringify(row))));
  return [
    ...[...(other ?? [])].filter((row) => mine?.has(row) === false).map((row) => `missing ${row}`),
    ...[...(mine ?? [])].filter((row) => other?.has(row) === false).map((row) => `not wanted ${row}`),
  ].slice(0, 20);
}

type Rows = readonly (readonly unknown[])[];

export async function structureOf({ connection, dialect }: OpenConnection): Promise<Structure> {
  const planner = await dialect.structures?.();
  if (planner === undefined) throw new Error(`${dialect.name} compares no structures`);
  return await planner.read(connection, { exclude: ['rowhouse_ledger', 'rowhouse_backfill'] });
}

/** What would have to be done to come from one to the other: nothing where they are the same in every respect. */
export async function differences(open: OpenConnection, wanted: Structure): Promise<readonly string[]> {
  const planner = await open.dialect.structures?.();
  return planner?.plan(await structureOf(open), wanted, { safe: 'plain' }).map(({ sql }) => sql) ?? ['no planner'];
}
