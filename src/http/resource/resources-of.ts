import { definition, isTable, type AnyTable, type TableOf } from '../../schema/table/table.ts';
import type { SchemaModule } from '../../schema/schema.ts';
import { isIdempotencyTable } from '../idempotency/idempotency-table.ts';
import { snakeCase } from '../../util/names.ts';
import { resource, type Resource } from './resource.ts';

/** How resources are made of a whole schema. */
export interface SchemaResourcesOptions {
  /** The API has a scope that binds each request to a tenant: take the tables of tenants too. */
  readonly tenants?: boolean | undefined;
}

/** The resources of a whole schema, and the tables that cannot be one. */
export interface SchemaResources {
  readonly resources: readonly Resource[];
  readonly left: readonly { readonly table: string; readonly reason: string }[];
}

/** Columns that are taken but not shown when nobody says what a resource may show. */
const secretName = /password|passwd|secret|token|hash|salt|api_?key|private_?key/i;

/**
 * A resource for each table that a schema exports, under the export's name: `export const userRoles` is `/user-roles`.
 * Columns named like secrets are hidden, text columns are searched.
 */
export function resourcesOf(module: SchemaModule, options: SchemaResourcesOptions = {}): SchemaResources {
  const tables = Object.entries(module).filter((entry): entry is [string, AnyTable] => isTable(entry[1]));
  const once = tables.filter(([, table], at) => tables.findIndex(([, other]) => other === table) === at);
  const judged = once.map(([name, table]) => ({ name, table, reason: reasonAgainst(table, options) }));
  return {
    resources: judged.flatMap(({ name, table, reason }) => (reason === undefined ? [resourceOf(name, table)] : [])),
    left: judged.flatMap(({ table, reason }) =>
      reason === undefined ? [] : [{ table: table[definition].name, reason }],
    ),
  };
}

function reasonAgainst(table: AnyTable, { tenants = false }: SchemaResourcesOptions): string | undefined {
  if (isIdempotencyTable(table)) return 'it keeps the answers to others';
  if (!hasKey(table)) return 'it has no primary key that a path could hold';
  const isTenants = table[definition].roles.tenant !== undefined;
  return isTenants && !tenants ? 'its rows belong to tenants, and no scope says to which' : undefined;
}

function resourceOf(name: string, table: AnyTable): Resource {
  const { columns } = table[definition];
  const hidden = columns.filter(({ key }) => secretName.test(key)).map(({ key }) => key);
  const search = columns
    .filter(({ key, builder }) => !hidden.includes(key) && isText(builder.definition.type.kind))
    .map(({ key }) => key);
  const erased = table as TableOf<Readonly<Record<string, unknown>>, object, object>;
  return resource(erased, { prefix: `/${snakeCase(name).replaceAll('_', '-')}`, hidden, search });
}

function isText(kind: string): boolean {
  return kind === 'text' || kind === 'varchar';
}

/** Kinds whose values cannot stand in a path. */
const pathless: ReadonlySet<string> = new Set(['json', 'array', 'vector']);

function hasKey(table: AnyTable): boolean {
  const { catalogTable } = table[definition];
  const names = catalogTable.primaryKey?.columns ?? [];
  const kinds = catalogTable.columns.filter(({ name }) => names.includes(name)).map(({ type }) => type.kind);
  return kinds.length > 0 && !kinds.some((kind) => pathless.has(kind));
}
