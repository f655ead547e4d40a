import type { Databases } from '../../dialect/databases.ts';
import type { Connection } from '../../driver/connection.ts';
import { postgresText } from './text.ts';

/** Databases of a server of PostgreSQL. A new one is empty: what was added to the server's template is not in it. */
export const postgresDatabases: Databases = {
  async create(connection: Connection, name: string): Promise<void> {
    const { rows } = await connection.run({ sql: likeThisOne }, []);
    const options = rows.flat().map(String).join(' ');
    await connection.script(`create database ${postgresText.name(name)} template template0 ${options}`);
  },
  async drop(connection: Connection, name: string): Promise<void> {
    await connection.script(`drop database if exists ${postgresText.name(name)} with (force)`);
  },
};

/** The options of the database we are in. Where its locale comes from an ICU library or the server, that is said too. */
const likeThisOne = `
  select format('encoding %L lc_collate %L lc_ctype %L', pg_encoding_to_char(encoding), datcollate, datctype)
         || case datlocprovider
              when 'i' then format(' locale_provider icu icu_locale %L', coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'))
              when 'b' then format(' locale_provider builtin builtin_locale %L', to_jsonb(d) ->> 'datlocale')
              else ' locale_provider libc'
            end
    from pg_database d
   where datname = current_database()`;
