import { catalogOf, type SchemaModule } from '../schema/schema.ts';
import type { Catalog } from '../catalog/model/catalog.ts';
import type { AnyTable } from '../schema/table/table.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Account } from './account.ts';
import type { AnyProjectCommand } from './project-command.ts';

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

function catalogFor(name: string, { schema }: ServiceDefinition): Catalog {
  try {
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

/** An account's tables must be tables of its own service's schema: it would be granted something nobody creates. */
function refuseUnknownTables(services: Readonly<Record<string, Service>>): void {
  for (const [name, { accounts = [], schema }] of Object.entries(services)) {
    const known = new Set<unknown>(Object.values(schema));
    for (const account of accounts) {
      const stranger = account.grants.flatMap(({ tables }) => tables).find((table: AnyTable) => !known.has(table));
      if (stranger !== undefined) {
        throw new RowhouseError(
          'PROJECT_INVALID',
          `service ${name}: account ${account.name} names a table that its schema does not export`,
        );
      }
    }
  }
}
