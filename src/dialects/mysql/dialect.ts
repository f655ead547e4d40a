import type { Dialect, ServerFacts } from '../../dialect/dialect.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { mysqlActivity } from './activity.ts';
import { mysqlAlgorithms } from './algorithm/choose.ts';
import { mysqlDatabases } from './databases.ts';
import { mysqlDefinition } from './definition.ts';
import { mysqlErrors } from './errors.ts';
import { mysqlFlavor, type Flavor } from './flavor.ts';
import type { CatalogQueries } from './inspect/catalog-queries.ts';
import { mysqlCatalogQueries } from './inspect/mysql-queries.ts';
import { mysqlInspector } from './inspector.ts';
import { mysqlLoad } from './load.ts';
import { mysqlLint } from './lint/rules.ts';
import { mysqlLocks } from './locks.ts';
import { mysqlMigrationSession } from './migration-session.ts';
import { mysqlParking } from './parking.ts';
import { mysqlQueries } from './queries.ts';
import { mysqlReplication } from './replication.ts';
import { isAtLeast } from './server-version.ts';
import { mysqlSessions } from './sessions.ts';
import { mysqlSpace } from './space.ts';
import { mysqlTenantGaps } from './tenant-gaps.ts';
import { mysqlText } from './text.ts';
import { mysqlTraits } from './traits.ts';
import { mysqlTypes } from './types.ts';

/** The dialect of MySQL 8.0.19 and later: older servers lack checks, expression keys or the binary collation. */
export function createMysqlDialect(facts: ServerFacts): Dialect {
  if (!isAtLeast(facts.version, 8, 0, 19)) throw tooOld('MySQL', facts.version, '8.0.19');
  return {
    ...familyDialect(facts, mysqlFlavor(facts), mysqlCatalogQueries),
    migrationSession: mysqlMigrationSession,
    replication: mysqlReplication,
    activity: mysqlActivity,
    space: mysqlSpace,
  };
}

/** A dialect of the family from what tells its servers apart. */
export function familyDialect(facts: ServerFacts, flavor: Flavor, queries: CatalogQueries): Dialect {
  const locks = mysqlLocks(facts);
  return {
    name: flavor.name,
    variants: flavor.variants,
    traits: mysqlTraits(flavor),
    text: mysqlText,
    types: mysqlTypes(flavor),
    definition: mysqlDefinition(flavor),
    inspector: mysqlInspector(flavor, queries),
    errors: mysqlErrors,
    sessions: mysqlSessions(facts, flavor),
    queries: mysqlQueries(flavor),
    tenantGaps: mysqlTenantGaps,
    structures: async () => (await import('./structure/structure-planner.ts')).mysqlStructures(flavor),
    databases: mysqlDatabases,
    lint: mysqlLint,
    algorithms: mysqlAlgorithms(facts, flavor),
    parking: mysqlParking,
    load: mysqlLoad,
    ...(locks === undefined ? {} : { locks }),
  };
}

/** The error of a server that came before what we build on. */
export function tooOld(server: string, version: string, oldest: string): RowhouseError {
  return new RowhouseError('CAPABILITY_MISSING', `${server} ${version} is too old`, {
    details: { version, oldest },
    hint: `upgrade the server to ${oldest} or later`,
  });
}
