import { allOf, onAction, onClause } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** A table moves to new files. */
export const rebuildTable: LintRule = {
  code: 'rebuild-table',
  severity: 'error',
  sparesNewTables: true,
  title: 'a table is moved or rebuilt as a whole',
  why: 'Measured: ACCESS EXCLUSIVE while every row is copied: SET LOGGED, SET TABLESPACE, SET ACCESS METHOD, VACUUM FULL and CLUSTER.',
  hint: 'use pg_repack, or REPACK (CONCURRENTLY) from PostgreSQL 19',
  bad: 'vacuum full invoice;',
  good: 'vacuum invoice;',
  judge: allOf(
    onClause(['rebuild'], ({ how }, { table }) => `every row of ${table.name} is copied by ${how}`),
    onAction(['vacuum'], ({ full }) => (full ? 'every row is copied by VACUUM FULL' : undefined)),
    onAction(['cluster'], () => 'every row is copied by CLUSTER'),
  ),
};

/** Everybody waits for a new partition. */
export const createPartitionLocksParent: LintRule = {
  code: 'create-partition-locks-parent',
  severity: 'warning',
  title: 'a partition is made in place',
  why: 'Measured: ACCESS EXCLUSIVE on the parent and on its default partition.',
  hint: 'make a table LIKE the parent with a check of its bounds, then ATTACH PARTITION',
  bad: "create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');",
  good: 'create table visit_2026 (like visit including all);',
  judge: onAction(['create-table'], ({ partitionOf, table }, context) =>
    partitionOf !== undefined && !context.isNew(partitionOf)
      ? `${partitionOf.name} is locked for everybody while ${table.name} is made`
      : undefined,
  ),
};

/** Every row is read for its bounds. */
export const attachPartitionScans: LintRule = {
  code: 'attach-partition-scans',
  severity: 'warning',
  sparesNewTables: true,
  title: 'a partition is attached without a check of its bounds',
  why: 'Measured: every row of the partition is read under ACCESS EXCLUSIVE, unless a validated check proves that all are within the bounds.',
  hint: 'add a check of the bounds as NOT VALID, validate it, attach, then drop the check',
  bad: "alter table visit attach partition visit_2025 for values from ('2025-01-01') to ('2026-01-01');",
  good: "alter table visit_2025 add constraint bounds check (seen >= '2025-01-01' and seen < '2026-01-01') not valid;\nalter table visit_2025 validate constraint bounds;\nalter table visit attach partition visit_2025 for values from ('2025-01-01') to ('2026-01-01');",
  judge: onClause(['attach-partition'], ({ partition, at }, _alter, context) => {
    const table = { name: partition, at };
    const isProven = context.isNew(table) || context.hasValidatedCheck(table);
    return isProven ? undefined : `every row of ${partition} is read for its bounds`;
  }),
};

/** Everybody waits for a partition to go. */
export const detachPartitionBlocks: LintRule = {
  code: 'detach-partition-blocks',
  severity: 'warning',
  title: 'a partition is detached under the strongest lock',
  why: 'Measured: ACCESS EXCLUSIVE on the parent, the partition and the default partition.',
  hint: 'DETACH PARTITION … CONCURRENTLY, outside a transaction; it needs a parent without a default partition',
  bad: 'alter table visit detach partition visit_2020;',
  good: 'alter table visit detach partition visit_2020 concurrently;',
  judge: onClause(['detach-partition'], ({ concurrently }, { table }) =>
    concurrently ? undefined : `${table.name} is locked for everybody`,
  ),
};

/** A table that suddenly shows no rows. */
export const rowSecurityWithoutPolicy: LintRule = {
  code: 'row-security-without-policy',
  severity: 'warning',
  sparesNewTables: true,
  title: 'row security is switched on before there is a policy',
  why: 'A table with row security and no policy shows no row to anybody but its owner: for the code that is running, all rows are gone.',
  hint: 'create the policies first, then ENABLE ROW LEVEL SECURITY',
  bad: 'alter table invoice enable row level security;',
  good: 'create policy own on invoice using (owner = current_user);\nalter table invoice enable row level security;',
  judge: onClause(['row-security'], ({ enabled }, { table }, context) =>
    enabled && !context.hasPolicy(table) ? `${table.name} shows no rows until it has a policy` : undefined,
  ),
};

/** Readers wait for a view. */
export const refreshViewBlocks: LintRule = {
  code: 'refresh-view-blocks',
  severity: 'warning',
  title: 'a materialized view is refreshed while readers wait',
  why: 'Measured: ACCESS EXCLUSIVE on the view until its query is done.',
  hint: 'REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index on the view',
  bad: 'refresh materialized view totals;',
  good: 'refresh materialized view concurrently totals;',
  judge: onAction(['refresh-view'], ({ concurrently, view }, context) =>
    concurrently || context.isNewType(view.name) ? undefined : `nobody reads ${view.name} until its query is done`,
  ),
};

/** Triggers that should have run. */
export const disableTrigger: LintRule = {
  code: 'disable-trigger',
  severity: 'warning',
  sparesNewTables: true,
  title: 'triggers of a table are switched off',
  why: 'They are off for everybody and not only for this session; ALL and USER switch off what keeps the rows consistent, and a failure before ENABLE leaves it so.',
  hint: 'SET LOCAL session_replication_role, in a transaction, switches them off for one session',
  bad: 'alter table invoice disable trigger all;',
  good: 'set local session_replication_role = replica;',
  judge: onClause(['disable-trigger'], (_clause, { table }) => `triggers of ${table.name} are off for everybody`),
};

/** Deadlocks with running code. */
export const severalStrongLocks: LintRule = {
  code: 'several-strong-locks',
  severity: 'warning',
  sparesNewTables: true,
  title: 'one transaction takes strong locks on several tables',
  why: 'The first lock is held while the second is waited for; code that uses the two tables the other way round deadlocks with it.',
  hint: 'a transaction for each table',
  bad: 'begin;\nalter table invoice add column note text;\nalter table customer add column note text;\ncommit;',
  good: 'begin;\nalter table invoice add column note text;\ncommit;\nbegin;\nalter table customer add column note text;\ncommit;',
  judge: onAction(['alter-table'], ({ table, clauses }, context) => {
    const held = context.strongLocks().filter((name) => name !== table.name);
    const isWeak = clauses.every(({ kind }) => ['validate-constraint', 'tune', 'other'].includes(kind));
    return held.length === 0 || isWeak || context.strongLocks().includes(table.name)
      ? undefined
      : `${table.name} is waited for while ${held.join(', ')} is locked`;
  }),
};

/** A lock by hand. */
export const lockTable: LintRule = {
  code: 'lock-table',
  severity: 'warning',
  title: 'a table is locked by hand',
  why: 'The lock is held until the transaction ends, whatever else the transaction turns out to wait for.',
  hint: 'let each statement take the lock that it needs, with lock_timeout set',
  bad: 'lock table invoice in exclusive mode;',
  good: "set lock_timeout = '1s';",
  judge: onAction(['lock-table'], () => 'a table is locked by hand until the transaction ends'),
};
