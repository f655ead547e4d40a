import { setTimeout } from 'node:timers/promises';
import type { Connection } from '../../../src/driver/connection.ts';
import { postgresErrors } from '../../../src/dialects/postgres/errors.ts';

/** What someone who writes all the time has found: the rows as they should be, by number, and what went wrong. */
export interface Bookings {
  readonly rows: Map<number, readonly [day: number, note: string]>;
  readonly failures: string[];
  turns: number;
}

/** Who writes, and how: each has every fourth of the rows for himself. */
export interface Writer {
  readonly place: number;
  readonly isolation: 'read committed' | 'repeatable read';
}

/**
 * Inserts, updates, deletes and gives other keys to rows all over the table, from `count` bookings on. Under repeatable
 * read each transaction has its snapshot a while before it writes, and is tried again when it meets another.
 */
export async function keepBooking(
  connection: Connection,
  count: number,
  stop: AbortSignal,
  { place, isolation }: Writer,
): Promise<Bookings> {
  const found: Bookings = { rows: new Map(), failures: [], turns: 0 };
  for (let id = 1; id <= count; id += 1) if (id % 4 === place) found.rows.set(id, [id, `n${id}`]);
  const ids = [...found.rows.keys()];
  const pick = (turn: number, by: number): number => ids[(turn * by) % ids.length] ?? 0;
  while (!stop.aborted || found.turns < 40) {
    const turn = (found.turns += 1);
    const number = 1_000_000 + turn * 4 + place;
    const [changed, gone, moved] = [pick(turn, 7_919), pick(turn, 3_571), pick(turn, 1_117)];
    const write = async (sql: string): Promise<boolean> =>
      await inTransaction(connection, sql, isolation, found.failures);
    const had = found.rows.get(changed);
    if (await write(`update booking set note = 'u${turn}' where id = ${changed}`)) {
      if (had !== undefined) found.rows.set(changed, [had[0], `u${turn}`]);
    }
    if (await write(`delete from booking where id = ${gone}`)) found.rows.delete(gone);
    const other = found.rows.get(moved);
    if (await write(`update booking set id = id + 2000000, day = day + 2000000 where id = ${moved}`)) {
      found.rows.delete(moved);
      if (other !== undefined) found.rows.set(moved + 2_000_000, [other[0] + 2_000_000, other[1]]);
    }
    const insert = `insert into booking (id, room, day, code, note) values (${number}, 1, ${number}, 'c${number}', 'new')`;
    if (await write(insert)) found.rows.set(number, [number, 'new']);
  }
  return found;
}

/** True: it is committed. Meeting another transaction under a snapshot (40001) is no failure: it is tried again. */
async function inTransaction(
  connection: Connection,
  sql: string,
  isolation: Writer['isolation'],
  failures: string[],
): Promise<boolean> {
  for (;;) {
    try {
      await connection.script(`begin isolation level ${isolation}`);
      if (isolation === 'repeatable read') {
        await connection.run({ sql: 'select 1 from booking limit 1' }, []);
        await setTimeout(5);
      }
      await connection.script(sql);
      await connection.script('commit');
      return true;
    } catch (error) {
      await connection.script('rollback');
      const { code, message } = postgresErrors.translate(error, { during: 'statement' });
      if (code === 'SERIALIZATION_FAILURE' && isolation === 'repeatable read') continue;
      failures.push(`${sql}: ${code} ${message}`);
      return false;
    }
  }
}

/** What should be in the table when all of them are through. */
export function together(all: readonly Bookings[]): readonly (readonly string[])[] {
  return all
    .flatMap(({ rows }) => [...rows])
    .toSorted(([a], [b]) => a - b)
    .map(([id, [day, note]]) => [String(id), String(day), note]);
}
