import { catalogOf, type SchemaModule } from '../schema/schema.ts';
import type { Catalog } from '../catalog/model/catalog.ts';
import { definition, isTable, type AnyTable } from '../schema/table/table.ts';
import { checkTenancy } from '../schema/tenant/check-tenancy.ts';
import type { Tenancy } from '../schema/tenant/tenancy.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ErasurePlan } from '../lifecycle/erasure/erasure.ts';
import type { RetentionPolicy } from '../lifecycle/retention/retention.ts';
import type { Account } from './account.ts';
import type { AnyProjectCommand } from './project-command.ts';
import { refuseMistyped } from './refuse-mistyped.ts';

/** One deployable and its data. */
export interface ServiceDefinition {
  /** What the service's schema file exports. */
  readonly schema: SchemaModule;
  /** The directory of its revisions, from the project's directory. */
  readonly migrations: string;
  /** The directory of its seeds; none when left out. */
  readonly seeds?: string;
  /** Whom the database lets in, and to what. */
  readonly accounts?: readonly Account[];
  /** How its tenants are kept apart; none when left out. */
  readonly tenancy?: Tenancy;
  /** How long rows are kept; `rowhouse retention` deletes older ones, in this order. */
  readonly retention?: readonly RetentionPolicy[];
  /** How the service forgets somebody, by the kind of subject; `rowhouse erase` does it. */
  readonly erasure?: Readonly<Record<string, ErasurePlan>>;
  /** REST resources; every table with a primary key when left out. */
  readonly resources?: readonly unknown[];
  /** The prefix of the environment variables of this service: `AUTH` reads `AUTH_DATABASE_URL` before `DATABASE_URL`. */
  readonly environmentPrefix?: string;
}

/** How revisions are made. */
export interface RevisionsDefinition {
  /** Their file names; `{date}`, `{slug}`, `{id}` and `{sequence}` are filled in. */
  readonly template?: string;
  /** Tables, views and the like that a comparison looks at: names with `*` for any characters. */
  readonly include?: readonly string[];
  /** What it leaves alone. */
  readonly exclude?: readonly string[];
  /** A comparison drops no table. */
  readonly skipDrops?: boolean;
  /** Each difference becomes two revisions where a part of it would break code that runs: see `rowhouse revision --phased`. */
  readonly phased?: boolean;
}

/**
 * Makes a backup before anything is changed: a command for the shell, a command as a list of words, or a function. What
 * fails, or throws, stops the deploy.
 */
export type BackupHook =
  | string
  | readonly string[]
  | ((of: { readonly service: string; readonly signal: AbortSignal }) => void | Promise<void>);

/** What `rowhouse deploy` does beside migrating. */
export interface DeployDefinition {
  /** Run once for each service, with its name in `ROWHOUSE_SERVICE`. */
  readonly backup?: BackupHook;
}

/** What a project says of the lint rules, by their codes. */
export interface LintDefinition {
  readonly rules?: LintSeverities;
  /** For files whose path matches: names with `*` for any characters. The last that matches counts. */
  readonly paths?: readonly { readonly path: string; readonly rules: LintSeverities }[];
}

/** `error` stops a release, `warning` and `advice` do not. */
export type LintSeverities = Readonly<Record<string, 'off' | 'advice' | 'warning' | 'error'>>;

/** What a project file says. */
export interface ProjectDefinition {
  /** The ledger remembers it, so that a project never migrates another one's database. */
  readonly name?: string;
  readonly services: Readonly<Record<string, ServiceDefinition>>;
  /** `database-per-service`: each service has its own; `shared`: one database, an account for each service. */
  readonly topology?: 'database-per-service' | 'shared';
  readonly ledger?: { readonly table?: string };
  readonly revisions?: RevisionsDefinition;
  readonly deploy?: DeployDefinition;
  /** How grave the findings of `rowhouse lint` are. */
  readonly lint?: LintDefinition;
  /** Commands of the project's own, by their words: `user create`. */
  readonly commands?: Readonly<Record<string, AnyProjectCommand>>;
}

export interface Service extends ServiceDefinition {
  readonly catalog: Catalog;
}

/** A project whose schemas have been checked. */
export interface Project extends ProjectDefinition {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
}

/** Describes one service of a project. */
export function service(definition: ServiceDefinition): ServiceDefinition {
  return definition;
}

/**
 * Describes a project: the default export of `rowhouse.config.ts`. Every schema is checked here, before any database.
 *
 * @example
 * ```ts
 * export default defineProject({
 *   services: { auth: service({ schema: auth, migrations: './migrations' }) },
 * });
 * ```
 */
export function defineProject(definition: ProjectDefinition): Project {
  refuseMistyped(definition);
  const names = Object.keys(definition.services);
  if (names.length === 0) throw new RowhouseError('PROJECT_INVALID', 'the project has no services');
  const services = Object.fromEntries(
    Object.entries(definition.services).map(([name, described]) => [
      name,
      { ...described, catalog: catalogFor(name, described) },
    ]),
  );
  refuseUnknownTables(services);
  return { ...definition, name: definition.name ?? names.join('-'), services };
}

function catalogFor(name: string, { schema, tenancy }: ServiceDefinition): Catalog {
  try {
    if (tenancy !== undefined) checkTenancy(schema, tenancy);
    return catalogOf(schema);
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    throw new RowhouseError(error.code, `service ${name}: ${error.message}`, {
      details: error.details,
      hint: error.hint,
      cause: error,
    });
  }
}

/** An account would be granted something nobody creates, and a policy would speak of rows that are not there. */
function refuseUnknownTables(services: Readonly<Record<string, Service>>): void {
  for (const [name, service] of Object.entries(services)) {
    const known = new Set(
      Object.values(service.schema).flatMap((value) => (isTable(value) ? [value[definition]] : [])),
    );
    for (const { words, table } of namedTables(service)) {
      if (known.has(table[definition])) continue;
      throw new RowhouseError(
        'PROJECT_INVALID',
        `service ${name}: ${words} names a table that its schema does not export`,
      );
    }
  }
}

/** The tables that a service speaks of outside of its schema, and where. */
function namedTables({
  accounts = [],
  retention = [],
  erasure = {},
}: Service): readonly { readonly words: string; readonly table: AnyTable }[] {
  return [
    ...accounts.flatMap(({ name, grants }) =>
      grants.flatMap(({ tables }) => tables).map((table) => ({ words: `account ${name}`, table })),
    ),
    ...retention.map(({ table }) => ({ words: 'a retention policy', table })),
    ...Object.entries(erasure).flatMap(([name, { steps }]) =>
      steps.map(({ table }) => ({ words: `erasure ${name}`, table })),
    ),
  ];
}
