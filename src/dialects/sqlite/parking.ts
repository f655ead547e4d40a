import { parkedName } from '../../catalog/model/parked.ts';
import type { ObjectReference } from '../../dialect/definition.ts';
import type { Parked, ParkedSize, Parking } from '../../dialect/parking.ts';
import type { Connection } from '../../driver/connection.ts';
import { sqliteText } from './text.ts';

/** Tables stay where they are, under another name; the values of a column move to a table of their own. */
export const sqliteParking: Parking = { placeOf, purge, measure };

/** The table that keeps a parked table's rows, or a parked column's values by the key of their rows. */
export function parkingTable({ table, column, mark }: Parked): string {
  return parkedName(column === undefined ? table.name : `${table.name}.${column}`, mark);
}

function placeOf(parked: Parked): ObjectReference {
  return { kind: 'table', name: parkingTable(parked) };
}

function purge(parked: Parked): string {
  return `drop table ${sqliteText.name(parkingTable(parked))}`;
}

async function measure(connection: Connection, parked: Parked): Promise<ParkedSize> {
  const sql = `select count(*) from ${sqliteText.name(parkingTable(parked))}`;
  const [[rows] = []] = (await connection.run({ sql }, [])).rows;
  return { rows: Number(rows) };
}
