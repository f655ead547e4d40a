import type { Databases } from '../../dialect/databases.ts';
import type { Connection } from '../../driver/connection.ts';
import { mysqlText } from './text.ts';

/** Databases of a server of MySQL or MariaDB. */
export const mysqlDatabases: Databases = {
  async create(connection: Connection, name: string): Promise<void> {
    const { rows } = await connection.run({ sql: 'select @@character_set_database, @@collation_database' }, []);
    const [charset, collation] = (rows[0] ?? []).map(String);
    await connection.script(`create database ${mysqlText.name(name)} character set ${charset} collate ${collation}`);
  },
  async drop(connection: Connection, name: string): Promise<void> {
    await connection.script(`drop database if exists ${mysqlText.name(name)}`);
  },
};
