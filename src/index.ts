/** Rowhouse: one definition of tables, typed repositories, safe migrations. */
export { RowhouseError } from './errors/rowhouse-error.ts';
export type { ErrorOptions } from './errors/rowhouse-error.ts';
export { ExitCode } from './errors/codes.ts';
export type { ErrorCode } from './errors/codes.ts';
export { jsonNull } from './util/json-null.ts';
export type { JsonNull } from './util/json-null.ts';

export { id, join, sql } from './sql/sql.ts';
export type { SqlFragment, SqlName } from './sql/sql.ts';

export {
  array,
  bigint,
  boolean,
  bytes,
  char,
  date,
  decimal,
  double,
  enumType,
  integer,
  interval,
  json,
  native,
  real,
  smallint,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varchar,
  vector,
} from './schema/column/types.ts';
export type { JsonValue } from './schema/column/types.ts';
export { fromCode, now, uuidv7 } from './schema/column/defaults.ts';
export type { ColumnBuilder } from './schema/column/column-builder.ts';
export type { ColumnReference } from './schema/column/column-reference.ts';
export { check, foreignKey, index, lower, primaryKey, unique, uniqueIndex } from './schema/table/members.ts';
export { table } from './schema/table/table.ts';
export type { Table, TableOf } from './schema/table/table.ts';
export { relations } from './schema/relations/relations.ts';
export type { Related, RelatedTable } from './schema/relations/related-table.ts';
export type { Relation, RelationBuilder } from './schema/relations/relation.ts';
export { softDelete, tenant, timestamps, version } from './schema/table/traits.ts';
export { view } from './schema/view.ts';
export { sequence } from './schema/sequence.ts';
export { namespace } from './schema/namespace.ts';
export { discoverSchema } from './schema/discover-schema.ts';
export { rawObject } from './schema/raw-object.ts';
export { domain } from './schema/managed/domain.ts';
export { exclusion } from './schema/managed/exclusion.ts';
export { extension } from './schema/managed/extension.ts';
export { grant } from './schema/managed/grant.ts';
export { policy } from './schema/managed/policy.ts';
export { sqlFolder } from './schema/managed/sql-folder.ts';
export { sqlFunction } from './schema/managed/sql-function.ts';
export { trigger } from './schema/managed/trigger.ts';

export { defineProject, service } from './project/project.ts';
export type { Project, ProjectDefinition, ServiceDefinition } from './project/project.ts';
export { projectCommand } from './project/project-command.ts';
export type { ProjectCommand, ProjectCommandContext } from './project/project-command.ts';
export { account } from './project/account.ts';
export type { Account } from './project/account.ts';

export { retention } from './lifecycle/retention/retention.ts';
export type { RetentionOptions, RetentionPolicy } from './lifecycle/retention/retention.ts';
export { erasure } from './lifecycle/erasure/erasure.ts';
export type { ErasureOptions, ErasurePlan, ErasureStep, ErasureSteps } from './lifecycle/erasure/erasure.ts';
export type { ErasureOutcome, ErasureRecord } from './lifecycle/erasure/erasure-record.ts';

export { connect } from './connect/connect.ts';
export type { ConnectOptions } from './connect/connect.ts';
export { fromEnvironment, fromUrl } from './connect/from-environment.ts';
export type {
  ServiceDatabase,
  ServiceReads,
  ServiceSession,
  ServiceTransaction,
  TenantDatabase,
} from './connect/service-session.ts';
export type { DatabaseMetrics, SessionOptions } from './database/database.ts';
export type { AfterOptions } from './database/replica/read-session.ts';
export type { ReplicaMetrics } from './database/replica/replica.ts';
export type { Settings } from './config/settings.ts';
export type { Session } from './database/session.ts';
export type { TenantId, TenantScope } from './database/tenant/tenant-scope.ts';
export type { PlaceTenancy, RowTenancy, Tenancy } from './schema/tenant/tenancy.ts';
export type { AggregateOptions, AggregateRow } from './repository/aggregate/aggregate-options.ts';
export type {
  CoalescedReads,
  CountedRows,
  EstimatedCount,
  EstimateOptions,
  ListOptions,
  LockListOptions,
  LockOptions,
  MatchOptions,
  Order,
  Page,
  PageOptions,
  Repository,
  StreamOptions,
  Upserted,
  UpsertOptions,
  VersionOptions,
} from './repository/repository.ts';
export type {
  Branch,
  Include,
  Included,
  RelatedRepository,
  RelatedWhere,
} from './repository/include/related-repository.ts';
export type { Condition, ElementCondition, Operators, PathCondition, Where } from './repository/filter/where.ts';

export { createHealthRegistry } from './ops/health/health-registry.ts';
export type { HealthCheck, HealthRegistry } from './ops/health/health-registry.ts';
export type { CheckResult, HealthReport, HealthStatus } from './ops/health/health-report.ts';
export { databaseCheck } from './ops/health/database-check.ts';
export { tenancyCheck } from './tenancy/fence/tenancy-check.ts';
export { redisCheck } from './ops/health/redis-check.ts';
export { waitForDatabase } from './ops/wait/wait-for-database.ts';
export type { FailedAttempt, WaitOptions, WaitResult } from './ops/wait/wait-for-database.ts';
export { productionPool, recommendedPoolSize } from './config/pool-profile.ts';

export { ref, seed } from './seed/seed.ts';
export type { SeedContext, SeedDefinition, SeedFunction, SeedReference } from './seed/seed.ts';
