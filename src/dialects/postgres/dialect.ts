import type { Dialect, ServerFacts } from '../../dialect/dialect.ts';
import { postgresActivity } from './activity.ts';
import { postgresAlgorithms } from './algorithms.ts';
import { postgresDatabases } from './databases.ts';
import { postgresDefinition } from './definition.ts';
import { postgresVariants } from './definition/expression.ts';
import { postgresBlocking } from './effects/blocking.ts';
import { postgresEffects } from './effects/probe.ts';
import { postgresErrors } from './errors.ts';
import { postgresInspector } from './inspector.ts';
import { postgresLint } from './lint/rules.ts';
import { postgresLoad } from './load.ts';
import { postgresLocks } from './locks.ts';
import { postgresMigrationSession } from './migration-session.ts';
import { postgresNumbering } from './numbering.ts';
import { postgresParking } from './parking.ts';
import { postgresQueries } from './queries.ts';
import { postgresNamespaceBinding, postgresRowFence } from './row-fence.ts';
import { postgresReplication } from './replication.ts';
import { postgresSessions } from './sessions.ts';
import { postgresTenantGaps } from './tenant-gaps.ts';
import { postgresSpace } from './space.ts';
import { postgresText } from './text.ts';
import { postgresTraits } from './traits.ts';
import { postgresTypes } from './types.ts';

/**
 * PostgreSQL 15 to 18, for exactly the server that `facts` describe. `settings.vector` is `missing` where pgvector
 * cannot be installed, `settings.namespace` the default namespace of its sessions.
 */
export function createPostgresDialect(facts: ServerFacts): Dialect {
  return {
    name: 'postgresql',
    variants: postgresVariants,
    traits: postgresTraits,
    text: postgresText,
    types: postgresTypes(facts),
    definition: postgresDefinition(facts),
    inspector: postgresInspector(facts),
    errors: postgresErrors,
    sessions: postgresSessions,
    queries: postgresQueries,
    tenantGaps: postgresTenantGaps,
    rowFence: postgresRowFence,
    namespaceBinding: postgresNamespaceBinding,
    numbering: postgresNumbering,
    migrationSession: postgresMigrationSession,
    structures: async () => (await import('./structure/planner.ts')).postgresStructures,
    databases: postgresDatabases,
    lint: postgresLint,
    effects: postgresEffects,
    blocking: postgresBlocking,
    algorithms: postgresAlgorithms,
    parking: postgresParking(facts),
    load: postgresLoad,
    activity: postgresActivity,
    space: postgresSpace,
    replication: postgresReplication,
    locks: postgresLocks,
  };
}
