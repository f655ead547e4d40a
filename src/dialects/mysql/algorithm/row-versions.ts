import type { Connection } from '../../../driver/connection.ts';
import { readRows } from '../inspect/rows.ts';
import { isAtLeast } from '../server-version.ts';

/**
 * Has the table been changed in place so often that, with `ahead` more, the server refuses to do it once again? An empty
 * twin does not know. False where the server does not count, or this user may not see the count.
 */
export async function isOutOfVersions(connection: Connection, table: string, ahead: number): Promise<boolean> {
  try {
    const rows = await readRows(connection, question, [table]);
    return Number(rows[0]?.[0] ?? 0) + ahead >= (isAtLeast(connection.serverVersion, 9, 1) ? 255 : 64);
  } catch {
    return false;
  }
}

const question = `select total_row_versions from information_schema.innodb_tables where name = concat(database(), '/', ?)`;
