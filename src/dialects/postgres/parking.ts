import type { ObjectName } from '../../catalog/model/object-name.ts';
import { parkedName, parkedTable } from '../../catalog/model/parked.ts';
import type { ObjectReference } from '../../dialect/definition.ts';
import type { ServerFacts } from '../../dialect/dialect.ts';
import type { Parked, ParkedSize, Parking } from '../../dialect/parking.ts';
import type { Connection } from '../../driver/connection.ts';
import { postgresText, qualified } from './text.ts';

/** A column stays in its table under another name; a table moves to a namespace of its own. */
export function postgresParking(facts: ServerFacts): Parking {
  return {
    placeOf: (parked) => placeOf(parked, facts),
    purge: (parked) => purge(parked, facts),
    measure: async (connection, parked) => await measure(connection, parked, facts),
  };
}

/** Where a table is parked: apart from those of its name that other namespaces have parked, each as its default one. */
export function parkingPlace(table: ObjectName, mark: string | undefined, facts: ServerFacts): Required<ObjectName> {
  const { namespace = 'public' } = facts.settings;
  const isOfOther = table.namespace === undefined && namespace !== 'public';
  return parkedTable(isOfOther ? { ...table, namespace } : table, mark);
}

function placeOf({ table, column, mark }: Parked, facts: ServerFacts): ObjectReference {
  if (column === undefined) return { kind: 'table', ...parkingPlace(table, mark, facts) };
  const { namespace, name } = table;
  const member = { kind: 'column', name: parkedName(column, mark), table: name } as const;
  return namespace === undefined ? member : { ...member, namespace };
}

function purge({ table, column, mark }: Parked, facts: ServerFacts): string {
  if (column !== undefined)
    return `alter table ${qualified(table)} drop column ${postgresText.name(parkedName(column, mark))}`;
  const place = parkingPlace(table, mark, facts);
  return `do ${postgresText.literal(`begin drop table ${qualified(place)}; ${emptied(place.namespace)} end`)}`;
}

/** Drops a namespace of what is parked once nothing is left in it. */
export function dropEmptied(namespace: string): string {
  return `do ${postgresText.literal(`begin ${emptied(namespace)} end`)}`;
}

function emptied(namespace: string): string {
  const isThere = `select from pg_namespace n where n.nspname = ${postgresText.literal(namespace)}`;
  const holds = 'select from pg_class c where c.relnamespace = n.oid';
  return `if exists (${isThere} and not exists (${holds})) then drop schema ${postgresText.name(namespace)}; end if;`;
}

/** The number of rows is the planner's estimate; none where the table was never analyzed. */
async function measure(
  connection: Connection,
  { table, column, mark }: Parked,
  facts: ServerFacts,
): Promise<ParkedSize> {
  const name = qualified(column === undefined ? parkingPlace(table, mark, facts) : table);
  const sql = `select pg_total_relation_size(c.oid)::text, c.reltuples::bigint::text from pg_class c where c.oid = $1::regclass`;
  const [[bytes, rows] = []] = (await connection.run({ sql }, [name])).rows;
  return {
    ...(Number(rows) < 0 ? {} : { rows: Number(rows) }),
    ...(column === undefined ? { bytes: Number(bytes) } : {}),
  };
}
