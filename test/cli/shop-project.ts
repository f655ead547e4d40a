import type { Catalog } from '../../src/catalog/model/catalog.ts';
import { id, sql } from '../../src/sql/sql.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { makeProject } from './run-cli.ts';

/** The private servers of the tests speak no TLS. */
const plainLine = { DB_SSLMODE_DEFAULT: 'disable' } as const;

const files = {
  'rowhouse.config.ts': `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({
  name: 'shop',
  services: { app: service({ schema, migrations: './migrations', seeds: './seeds' }) },
});
`,
  'schema.ts': `import { integer, table, text } from 'rowhouse';

export const products = table('product', {
  id: integer().primaryKey(),
  name: text({ max: 50 }).unique(),
  stock: integer().default(0),
});
`,
  'migrations/2026-01-01_first_aaaaaaaaaaaa.ts': revisionFile('aaaaaaaaaaaa', [], 'first', [
    {
      kind: 'create-table',
      table: {
        name: 'product',
        columns: [
          { name: 'id', type: { kind: 'integer' }, nullable: false },
          { name: 'name', type: { kind: 'varchar', length: 50 }, nullable: false },
          { name: 'stock', type: { kind: 'integer' }, nullable: false, default: { kind: 'literal', value: 0 } },
        ],
        primaryKey: { name: 'product_pkey', columns: ['id'] },
        uniques: [{ name: 'product_name_key', columns: ['name'] }],
        foreignKeys: [],
        checks: [],
        indexes: [],
      },
    },
  ]),
  'seeds/essential/product.json': '[{ "id": 1, "name": "tea" }]\n',
};

/** A project named shop of one service with a table, its revision `aaaaaaaaaaaa` and a seed. */
export function makeShop(more: Readonly<Record<string, string>> = {}): string {
  return makeProject({ ...files, ...more });
}

/** The text of a revision file. */
export function revisionFile(id: string, parents: readonly string[], message: string, up: readonly unknown[]): string {
  return `export default ${JSON.stringify({ id, parents, message, up })};\n`;
}

/** Variables that lead to a database of the test servers. */
export function variablesFor(url: string): Readonly<Record<string, string>> {
  return { ...plainLine, DATABASE_URL: url, DB_MAX_RETRIES: '3', DB_RETRY_DELAY: '0.1' };
}

export interface Contents {
  readonly tables: Catalog['tables'];
  /** Rows of each table. */
  readonly counts: Readonly<Record<string, string>>;
}

/** What is in a database: its tables and how many rows each has. Equal before and after means that nothing was changed. */
export async function contentsOf(url: string): Promise<Contents> {
  await using database = await openUrl(url);
  const catalog = await database.pinned(
    async ({ connection, dialect }) => await dialect.inspector.inspect(connection, {}),
  );
  const counts: Record<string, string> = {};
  for (const { name } of catalog.tables) {
    const [row] = await database.query<{ rows: unknown }>(sql`select count(*) as ${id('rows')} from ${id(name)}`);
    counts[name] = String(row?.rows);
  }
  return { tables: catalog.tables, counts };
}
