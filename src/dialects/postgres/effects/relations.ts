import type { Connection } from '../../../driver/connection.ts';

/** A table, view or index that is there. */
export interface Relation {
  /** With its namespace where that is not the default one. */
  readonly name: string;
  /** The number of the file that holds its rows; it changes when they are written anew. */
  readonly file: string;
  readonly bytes: number;
  /** False: a view or an index. */
  readonly isTable: boolean;
}

/** A relation's name as it is told: with its namespace where that is not the default one. */
export const printedName = `case when n.nspname = 'public' then c.relname::text else n.nspname || '.' || c.relname end`;

const everything = {
  sql: `select c.oid::text, ${printedName},
      coalesce(pg_relation_filenode(c.oid), 0)::text, coalesce(pg_relation_size(c.oid), 0)::text,
      (c.relkind in ('r', 'p', 'm', 'f'))::text
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm', 'v', 'f', 'i', 'I') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    order by 2`,
};

/** All of them, by their number, which stays when they are renamed. */
export async function readRelations(connection: Connection): Promise<ReadonlyMap<string, Relation>> {
  const { rows } = await connection.run(everything, []);
  return new Map(
    rows.map(([id, name, file, bytes, isTable]) => [
      String(id),
      { name: String(name), file: String(file), bytes: Number(bytes), isTable: isTable === 'true' },
    ]),
  );
}
