import type { Dialect, ServerFacts } from '../../dialect/dialect.ts';
import { sqliteVariants } from './definition/expression.ts';
import { sqliteDefinition } from './definition.ts';
import { sqliteErrors } from './errors.ts';
import { sqliteInspector } from './inspector.ts';
import { sqliteLint } from './lint/rules.ts';
import { sqliteMigrationSession } from './migration-session.ts';
import { sqliteParking } from './parking.ts';
import { sqliteQueries } from './queries.ts';
import { sqliteSessions } from './sessions.ts';
import { sqliteSpace } from './space.ts';
import { sqliteVersion } from './sqlite-version.ts';
import { sqliteTenantGaps } from './tenant-gaps.ts';
import { sqliteText } from './text.ts';
import { sqliteTraits } from './traits.ts';
import { sqliteTypes } from './types.ts';

/** The dialect of SQLite 3.45 and later. There are no locks by name: the database is one file, and one writes at a time. */
export function createSqliteDialect(facts: ServerFacts): Dialect {
  return {
    name: 'sqlite',
    variants: sqliteVariants,
    traits: sqliteTraits,
    text: sqliteText,
    types: sqliteTypes,
    definition: sqliteDefinition(sqliteVersion(facts.version)),
    inspector: sqliteInspector,
    errors: sqliteErrors,
    sessions: sqliteSessions,
    queries: sqliteQueries,
    tenantGaps: sqliteTenantGaps,
    structures: async () => (await import('./structure/planner.ts')).sqliteStructures,
    lint: sqliteLint,
    migrationSession: sqliteMigrationSession,
    parking: sqliteParking,
    space: sqliteSpace,
  };
}
