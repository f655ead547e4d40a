import { dirname } from 'node:path';
import type { SpaceProbe } from '../../dialect/space.ts';
import { freeBytesAt } from '../../util/free-bytes.ts';

const sizeSql = `select cast(coalesce(sum(pgsize), 0) as text) from dbstat
  where name in (select name from sqlite_schema where tbl_name = ? collate nocase)`;

/** Sizes are counted page by page; a database in memory has no directory. */
export const sqliteSpace: SpaceProbe = {
  async sizeOf(connection, { name }) {
    const { rows } = await connection.run({ sql: sizeSql }, [name]);
    return Number(rows[0]?.[0]);
  },
  async freeBytes(connection) {
    const { rows } = await connection.run({ sql: `select file from pragma_database_list where name = 'main'` }, []);
    const file = rows[0]?.[0];
    return typeof file === 'string' && file !== '' ? await freeBytesAt(dirname(file)) : undefined;
  },
};
