import { parkedName, parkedTable } from '../../catalog/model/parked.ts';
import type { ObjectReference } from '../../dialect/definition.ts';
import type { Parked, ParkedSize, Parking } from '../../dialect/parking.ts';
import type { Connection } from '../../driver/connection.ts';
import { postgresText, qualified } from './text.ts';

/** A column stays in its table under another name; a table moves to a namespace of its own. */
export const postgresParking: Parking = { placeOf, purge, measure };

function placeOf({ table, column }: Parked): ObjectReference {
  if (column === undefined) return { kind: 'table', ...parkedTable(table) };
  const { namespace, name } = table;
  const member = { kind: 'column', name: parkedName(column), table: name } as const;
  return namespace === undefined ? member : { ...member, namespace };
}

function purge({ table, column }: Parked): string {
  return column === undefined
    ? `drop table ${qualified(parkedTable(table))}`
    : `alter table ${qualified(table)} drop column ${postgresText.name(parkedName(column))}`;
}

/** The number of rows is the planner's estimate; none where the table was never analyzed. */
async function measure(connection: Connection, { table, column }: Parked): Promise<ParkedSize> {
  const name = qualified(column === undefined ? parkedTable(table) : table);
  const sql = `select pg_total_relation_size(c.oid)::text, c.reltuples::bigint::text from pg_class c where c.oid = $1::regclass`;
  const [[bytes, rows] = []] = (await connection.run({ sql }, [name])).rows;
  return {
    ...(Number(rows) < 0 ? {} : { rows: Number(rows) }),
    ...(column === undefined ? { bytes: Number(bytes) } : {}),
  };
}
