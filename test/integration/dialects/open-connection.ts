import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { applyChange } from '../../../src/catalog/change/apply.ts';
import type { Change } from '../../../src/catalog/change/change.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { inlineForeignKeys } from '../../../src/catalog/change/inline-foreign-keys.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import type { Connection } from '../../../src/driver/connection.ts';
import type { Target } from '../../../src/driver/target.ts';
import { engines } from '../../../src/engines.ts';

/** One connection to a test server with the dialect made for it. */
export interface OpenConnection extends AsyncDisposable {
  readonly connection: Connection;
  readonly dialect: Dialect;
}

export async function openConnection(url: string): Promise<OpenConnection> {
  const [scheme = '', driverName] = url.slice(0, url.indexOf(':')).split('+');
  const engine = engines.find(({ schemes }) => schemes.includes(scheme));
  const choice = engine?.drivers.find(
    ({ name, aliases }) => driverName === undefined || name === driverName || aliases.includes(driverName),
  );
  const driver = await choice?.load();
  if (engine === undefined || driver === undefined) throw new Error(`no driver for ${scheme}+${driverName ?? ''}`);
  const connection = await driver.connect(targetOf(new URL(url), engine.inFile));
  const dialect = await engine.dialect(connection);
  return { connection, dialect, [Symbol.asyncDispose]: async () => await connection.close() };
}

/** Makes everything of a catalog in an empty database. */
export async function make({ connection, dialect }: OpenConnection, catalog: Catalog): Promise<void> {
  const changes = createCatalog(catalog);
  await makeChanges(
    { connection, dialect },
    dialect.definition.inlineForeignKeys ? inlineForeignKeys(changes) : changes,
  );
}

/** Makes changes one after the other, as a plan does: each compiled against the catalog before it. */
export async function makeChanges(
  { connection, dialect }: Pick<OpenConnection, 'connection' | 'dialect'>,
  changes: readonly Change[],
  from: Catalog = emptyCatalog,
): Promise<Catalog> {
  let before = from;
  for (const change of changes) {
    for (const { sql } of dialect.definition.compile(change, before)) await connection.script(sql);
    before = applyChange(change, before);
  }
  return before;
}

function targetOf(url: URL, inFile: boolean): Target {
  const common = { tls: { mode: 'disable' }, connectTimeoutMs: 10_000 } as const;
  if (inFile) return { ...common, database: decodeURIComponent(url.pathname) };
  return {
    ...common,
    host: url.hostname,
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  };
}
