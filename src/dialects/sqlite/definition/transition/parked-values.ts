import type { Table } from '../../../../catalog/model/table.ts';
import { parkingTable } from '../../parking.ts';
import { sqliteText } from '../../text.ts';

/** The table in which the values of a parked column wait, by the key of their rows: no rebuild of the table can lose them. */
export interface ParkedValues {
  /** The table's name. */
  readonly place: string;
  /** Quoted. */
  readonly table: string;
  /** The columns of the key. */
  readonly keys: readonly string[];
  /** Is this the entry of the row of the table named in it? */
  readonly isOfRow: string;
}

/** Where the values of a column are parked. A table without a primary key is known by the numbers of its rows. */
export function parkedValues({ name, primaryKey }: Table, column: string, mark: string | undefined): ParkedValues {
  const row = sqliteText.name(name);
  const place = parkingTable({ table: { name }, column, ...(mark === undefined ? {} : { mark }) });
  const table = sqliteText.name(place);
  const keys = primaryKey?.columns.map((key) => sqliteText.name(key)) ?? ['rowid'];
  return {
    place,
    table,
    keys,
    isOfRow: keys.map((key, place) => `${row}.${key} = ${table}.key_${place}`).join(' and '),
  };
}
