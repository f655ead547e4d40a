import { parkedName } from '../../catalog/model/parked.ts';
import type { ObjectReference } from '../../dialect/definition.ts';
import type { Parked, ParkedSize, Parking } from '../../dialect/parking.ts';
import type { Connection } from '../../driver/connection.ts';
import { mysqlText } from './text.ts';

/** Tables and columns stay where they are, under another name. */
export const mysqlParking: Parking = { placeOf, purge, measure };

function placeOf({ table, column, mark }: Parked): ObjectReference {
  return column === undefined
    ? { kind: 'table', name: parkedName(table.name, mark) }
    : { kind: 'column', name: parkedName(column, mark), table: table.name };
}

function purge({ table, column, mark }: Parked): string {
  return column === undefined
    ? `drop table ${mysqlText.name(parkedName(table.name, mark))}`
    : `alter table ${mysqlText.name(table.name)} drop column ${mysqlText.name(parkedName(column, mark))}`;
}

/** Both are the storage engine's estimates. */
async function measure(connection: Connection, { table, column, mark }: Parked): Promise<ParkedSize> {
  const sql = `select table_rows, data_length + index_length from information_schema.tables
where table_schema = database() and table_name = ?`;
  const name = column === undefined ? parkedName(table.name, mark) : table.name;
  const [[rows = null, bytes = null] = []] = (await connection.run({ sql }, [name])).rows;
  return {
    ...(rows === null ? {} : { rows: Number(rows) }),
    ...(bytes === null || column !== undefined ? {} : { bytes: Number(bytes) }),
  };
}
