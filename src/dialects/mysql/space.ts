import type { SpaceProbe } from '../../dialect/space.ts';
import { freeBytesAt } from '../../util/free-bytes.ts';

const sizeSql = `select cast(coalesce(sum(data_length + index_length), 0) as char) from information_schema.tables
  where table_schema = coalesce(?, database()) and table_name = ?`;

/** What the servers of the family are asked in different words. */
interface SpaceQuestions {
  /** Where the tables are, if the session goes over a socket: then the server is on this machine. */
  readonly directory: string;
  /** Run before and after a question for sizes where statistics are kept for a day otherwise. */
  readonly fresh?: readonly [begin: string, end: string];
}

/** The list of processes fails as a whole while anybody runs a statement with bytes that are no text (measured on 9.7). */
export const mysqlSpace: SpaceProbe = familySpace({
  directory: `select case when connection_type = 'Socket' then @@datadir end
    from performance_schema.threads where processlist_id = connection_id()`,
  fresh: ['set session information_schema_stats_expiry = 0', 'set session information_schema_stats_expiry = default'],
});

/** Sizes are those of the server's statistics, some seconds old. */
export function familySpace({ directory: directorySql, fresh }: SpaceQuestions): SpaceProbe {
  return {
    async sizeOf(connection, { namespace, name }) {
      const [begin, end] = fresh ?? [];
      if (begin !== undefined) await connection.script(begin);
      const { rows } = await connection.run({ sql: sizeSql }, [namespace ?? null, name]);
      if (end !== undefined) await connection.script(end);
      return Number(rows[0]?.[0]);
    },
    async freeBytes(connection) {
      // Not every account may ask.
      const asked = await connection.run({ sql: directorySql }, []).catch(() => undefined);
      const directory = asked?.rows[0]?.[0];
      return typeof directory === 'string' ? await freeBytesAt(directory) : undefined;
    },
  };
}
