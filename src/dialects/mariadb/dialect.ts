import type { Dialect, ServerFacts } from '../../dialect/dialect.ts';
import { familyDialect, tooOld } from '../mysql/dialect.ts';
import { isAtLeast } from '../mysql/server-version.ts';
import { isGalera } from '../mysql/facts.ts';
import { mariadbActivity } from './activity.ts';
import { mariadbCatalogQueries } from './catalog-queries.ts';
import { mariadbFlavor } from './flavor.ts';
import { galeraErrors } from './galera-errors.ts';
import { galeraReplication } from './galera-replication.ts';
import { galeraRules } from './galera-rules.ts';
import { mariadbMigrationSession } from './migration-session.ts';
import { mariadbReplication } from './replication.ts';
import { mariadbSpace } from './space.ts';

/** The dialect of MariaDB 10.11 and later, alone or in a Galera cluster. */
export function createMariadbDialect(facts: ServerFacts): Dialect {
  if (!isAtLeast(facts.version, 10, 11)) throw tooOld('MariaDB', facts.version, '10.11');
  return {
    ...familyDialect(facts, mariadbFlavor(facts), mariadbCatalogQueries),
    migrationSession: mariadbMigrationSession,
    replication: mariadbReplication,
    activity: mariadbActivity,
    space: mariadbSpace,
    ...(isGalera(facts) ? { errors: galeraErrors, serverRules: galeraRules, replication: galeraReplication } : {}),
  };
}
