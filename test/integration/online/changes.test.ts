import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Safety } from '../../../src/dialect/structure/rules.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';
import { runSegments } from './run-segments.ts';
import { shopChanges } from './shop-changes.ts';
import { prepareShop, shop } from './shop.ts';

describeServers(['postgresql-15', 'postgresql-18'], 'the online form of a change', (server) => {
  test.each(shopChanges)('makes %s as the plain form does, and keeps the rows', async (_, change) => {
    const plain = await after(server, change, 'plain');
    const online = await after(server, change, 'online');

    expect(online.catalog).toEqual(plain.catalog);
    expect(online.catalog).not.toEqual(plain.before);
    expect(online.rows).toEqual(plain.rows);
    expect(online.leftovers).toEqual([]);
  });
});

interface After {
  readonly before: unknown;
  readonly catalog: unknown;
  readonly rows: readonly unknown[];
  /** What the change should have taken away again. */
  readonly leftovers: readonly unknown[];
}

async function after(
  server: Parameters<Parameters<typeof describeServers>[2]>[0],
  change: Change,
  safe: Safety,
): Promise<After> {
  await using database = await server.database({ key: 'online shop', prepare: prepareShop });
  await using open = await openConnection(database.url);
  const before = byName(await inspect(open));
  await runSegments(open.connection, open.dialect.definition.compile(change, shop, { safe }));
  return {
    before,
    catalog: byName(await inspect(open)),
    rows: await rowsOf(open),
    leftovers: (await open.connection.run({ sql: leftovers }, [])).rows,
  };
}

async function inspect({ dialect, connection }: OpenConnection): Promise<Catalog> {
  return await dialect.inspector.inspect(connection);
}

/** Columns by name: a column that was written anew stands last. */
function byName(catalog: Catalog): unknown {
  const tables = catalog.tables.map((table) => ({
    ...table,
    columns: table.columns.toSorted((a, b) => a.name.localeCompare(b.name)),
  }));
  return { ...catalog, tables };
}

/** Every row as an object, but for what is different by nature. */
async function rowsOf({ connection }: OpenConnection): Promise<readonly unknown[]> {
  const { rows } = await connection.run(
    {
      sql: `select (to_jsonb(p) - 'token')::text from purchase p union all select (to_jsonb(c))::text from customer c order by 1`,
    },
    [],
  );
  return rows;
}

const leftovers = `select relname::text from pg_class where relname ~ '__(new|old|check|sync)_'
  union all select conname::text from pg_constraint where conname ~ '__(new|old|check|sync)_'
  union all select proname::text from pg_proc where proname ~ '__(new|old|check|sync)_'
  union all select typname::text from pg_type where typname ~ '__(new|old|check|sync)_'
  union all select i.indexrelid::regclass::text from pg_index i where not indisvalid`;
