import { companionTables } from '../../../src/catalog/model/companion-tables.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { connect } from '../../../src/connect/connect.ts';
import { fromUrl } from '../../../src/connect/from-environment.ts';
import type { Database } from '../../../src/database/database.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import { Ledger, type LedgerEntry } from '../../../src/migration/ledger/ledger.ts';
import { defaultLedgerName } from '../../../src/migration/ledger/ledger-table.ts';
import { RevisionGraph } from '../../../src/migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { lineOf, type MigrationContext } from '../../../src/migration/run/migration-context.ts';

/** An open database and a history to bring it to. */
export interface Bench extends AsyncDisposable {
  readonly context: MigrationContext;
  readonly database: Database;
  readonly dialect: Dialect;
  /** The same database with other revisions, another project or other options. */
  with(revisions: readonly LoadedRevision[], changes?: BenchOptions): MigrationContext;
  /** What the engine reports now, without our own tables. */
  inspect(): Promise<Catalog>;
  ledger(): Promise<readonly LedgerEntry[]>;
}

export interface BenchOptions extends Partial<MigrationContext> {
  readonly project?: string;
  readonly service?: string;
}

const companions = [defaultLedgerName, ...Object.values(companionTables)];

export async function openBench(url: string, revisions: readonly LoadedRevision[]): Promise<Bench> {
  const database = await connect({}, localSettings(url));
  const make = (given: readonly LoadedRevision[], options: BenchOptions = {}): MigrationContext => {
    const { project = 'shop', service = 'app', ...changes } = options;
    const owner = { project, service, actor: 'tester', toolVersion: '0.0.0' };
    return { database, graph: new RevisionGraph(given), ledger: new Ledger(defaultLedgerName, owner), ...changes };
  };
  const context = make(revisions);
  return {
    context,
    database,
    dialect: database.dialect,
    with: make,
    inspect: async () =>
      await database.pinned(
        async ({ connection, dialect }) => await dialect.inspector.inspect(connection, { exclude: companions }),
      ),
    ledger: async () => await database.pinned(async (session) => await context.ledger.read(lineOf(session))),
    [Symbol.asyncDispose]: async () => await database.close(),
  };
}

/** Private servers have no TLS. */
function localSettings(url: string): ReturnType<typeof fromUrl> {
  const settings = fromUrl(url);
  return { ...settings, write: { ...settings.write, tls: { mode: 'disable' } } };
}

/** What must agree between a fold and a report: a check only in being there, the names of primary keys not at all. */
export function outline(catalog: Catalog, dialect: Dialect): unknown {
  return catalog.tables.map((table) => ({
    name: table.name,
    columns: table.columns.map((column) => ({ ...column, type: dialect.types.canonical(column.type) })),
    primaryKey: table.primaryKey?.columns,
    uniques: table.uniques,
    foreignKeys: table.foreignKeys,
    checks: table.checks.map(({ name }) => name),
    indexes: table.indexes.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}
