import type { SpaceProbe } from '../../dialect/space.ts';
import { freeBytesAt } from '../../util/free-bytes.ts';
import { qualified } from './text.ts';

const sizeSql = 'select coalesce(pg_total_relation_size(to_regclass($1::text)), 0)::text';

/** Only a session over a socket of this machine has its server here: an address of loopback may be a tunnel's end. */
const directorySql = `select case when inet_server_addr() is null and pg_has_role('pg_read_all_settings', 'usage')
  then current_setting('data_directory', true) end`;

/** Sizes are those of the files, indexes and long values included. */
export const postgresSpace: SpaceProbe = {
  async sizeOf(connection, table) {
    const { rows } = await connection.run({ sql: sizeSql }, [qualified(table)]);
    return Number(rows[0]?.[0]);
  },
  async freeBytes(connection) {
    const { rows } = await connection.run({ sql: directorySql }, []);
    const directory = rows[0]?.[0];
    return typeof directory === 'string' ? await freeBytesAt(directory) : undefined;
  },
};
