import type { Database } from '../../../src/database/database.ts';
import { parcelRows } from './parcels.ts';

/** Inserts, updates, deletes and gives other keys to rows all over the table; gives what should be in it in the end. */
export async function keepWriting(database: Database, stop: AbortSignal): Promise<readonly (readonly unknown[])[]> {
  const rows = new Map((await parcelRows(database)).map((row) => [Number(row[0]), [...row]]));
  for (let turn = 0; !stop.aborted || turn < 20; turn += 1) {
    const [changed, gone, moved] = [1 + ((turn * 7_919) % 2_000), 2_001 + turn, 5_000 - turn];
    await database.run({ sql: `update parcel set weight = weight + 1, state = 'gone' where id = ${changed}` }, []);
    await database.run({ sql: `delete from parcel where id = ${gone}` }, []);
    await database.run({ sql: `update parcel set id = id + 100000 where id = ${moved}` }, []);
    const number = 1_000_000 + turn;
    await database.run(
      {
        sql: `insert into parcel (id, code, weight, state, depot) values (${number}, 'n${turn}', 7, 'sent', 3)`,
      },
      [],
    );
    change(rows, { changed, gone, moved, number, turn });
  }
  return [...rows.values()].toSorted((a, b) => Number(a[0]) - Number(b[0]));
}

interface Turn {
  readonly changed: number;
  readonly gone: number;
  readonly moved: number;
  readonly number: number;
  readonly turn: number;
}

/** What the statements of a turn do, done to what the table should have. */
function change(rows: Map<number, unknown[]>, { changed, gone, moved, number, turn }: Turn): void {
  const like = [...rows.values()][0]?.[0];
  const id = (value: number): unknown =>
    typeof like === 'string' ? String(value) : typeof like === 'bigint' ? BigInt(value) : value;
  const row = rows.get(changed);
  if (row !== undefined) {
    row[2] = Number(row[2]) + 1;
    row[3] = 'gone';
    row[5] = id(Number(row[2]) * 1000);
  }
  rows.delete(gone);
  const other = rows.get(moved);
  if (other !== undefined) {
    rows.delete(moved);
    other[0] = id(moved + 100_000);
    rows.set(moved + 100_000, other);
  }
  rows.set(number, [id(number), `n${turn}`, 7, 'sent', 3, id(7_000)]);
}
