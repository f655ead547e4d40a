import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { tableService, type TableService } from '../../repository/service/table-service.ts';
import { definition, type TableDefinition, type TableOf } from '../../schema/table/table.ts';
import { camelCase, capitalize } from '../../util/names.ts';
import { columnField, takenField, type WireField } from '../wire/wire-field.ts';
import { exampleRow } from '../wire/example-value.ts';
import { checkFields } from './check-fields.ts';
import { resourceRelations, type IncludeOption, type ResourceRelation } from './resource-relations.ts';

/** The routes that a resource may have. */
export type ResourceAction = 'list' | 'create' | 'get' | 'replace' | 'update' | 'delete';

const everyAction: readonly ResourceAction[] = ['list', 'create', 'get', 'replace', 'update', 'delete'];

/** What a resource shows, takes, filters, sorts and searches. */
export interface ResourceOptions<Row> {
  /** Where it is: `/users`. */
  readonly prefix: string;
  /** The unique property by which a path names a row, `/users/ada`; the primary key otherwise. */
  readonly key?: Field<Row> | undefined;
  /** The name of its schemas in the API's description; the table's name in PascalCase otherwise. */
  readonly name?: string | undefined;
  /** The heading under which the API's description lists it. */
  readonly tags?: readonly string[] | undefined;
  /** Hooks around the writes; the bare table otherwise. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a service of this table, whatever its hooks take
  readonly service?: TableService<Row, any, any> | undefined;
  /** The text properties that `?q=` looks in; without them there is no `q`. */
  readonly search?: readonly Field<Row>[] | undefined;
  readonly order?:
    | {
        /** When the request says nothing: newest first where the table knows, else by primary key. */
        readonly default?: OrderTerm<Row> | readonly OrderTerm<Row>[] | undefined;
        /** The properties that `?order=` may name; every shown one otherwise. */
        readonly allowed?: readonly Field<Row>[] | undefined;
      }
    | undefined;
  /** The properties that filters may name; every shown one otherwise. */
  readonly filter?: readonly Field<Row>[] | undefined;
  /** Shown, never taken from a body. */
  readonly readOnly?: readonly Field<Row>[] | undefined;
  /** Taken from a body, never shown and never asked about: a password. */
  readonly hidden?: readonly Field<Row>[] | undefined;
  /**
   * Changing and deleting needs `If-Match`; for tables with `version()`. It takes changes and deletes by filter away from
   * `bulk`: one version cannot stand for many rows.
   */
  readonly requireMatch?: boolean | undefined;
  /** Adding and changing needs an `Idempotency-Key`. */
  readonly requireIdempotencyKey?: boolean | undefined;
  /** Values for the examples of the API's description, as a POST body has them; made up from the types otherwise. */
  readonly example?: Readonly<Record<string, unknown>> | undefined;
  /** Rows of one page: 50 unless the request says another number, up to 200. */
  readonly limit?: { readonly default?: number | undefined; readonly max?: number | undefined } | undefined;
  /**
   * Allows `?offset=`, which costs more the larger it is, up to 10,000 or the number given; cursors are always there.
   */
  readonly offset?: boolean | number | undefined;
  /** The relations that `?include=` may name, each with the resource that says what is shown of its rows. */
  readonly include?: IncludeOption | undefined;
  /** How many relations an `?include=` may lead through, 2, and most rows of each for one row, 20. */
  readonly includeLimit?: { readonly depth?: number | undefined; readonly rows?: number | undefined } | undefined;
  /**
   * Takes lists of rows, and changes and deletes by filter: at most 100 rows, or the number given, all or none. With
   * `requireMatch`, lists of new rows only.
   */
  readonly bulk?: boolean | { readonly max: number } | undefined;
  /** The routes to have; all otherwise. `replace` is there where a client may give the key. */
  readonly actions?: readonly ResourceAction[] | undefined;
}

type Field<Row> = Extract<keyof Row, string>;
type OrderTerm<Row> = Field<Row> | `-${Field<Row>}`;

/** A table as HTTP shows it. */
export interface Resource {
  readonly prefix: string;
  /** The name of its schemas in the API's description. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly table: TableDefinition;
  readonly service: ErasedService;
  readonly fields: readonly WireField[];
  readonly primaryKey: readonly WireField[];
  /** What a path names a row by: the primary key itself, or one unique property. */
  readonly key: readonly WireField[];
  readonly search: readonly string[];
  readonly defaultOrder: readonly string[];
  readonly limit: { readonly default: number; readonly max: number };
  /** The largest; 0 allows none. */
  readonly offset: number;
  readonly relations: ReadonlyMap<string, ResourceRelation>;
  readonly includeLimit: { readonly depth: number; readonly rows: number };
  /** Most rows of one bulk request; 0: there are none. */
  readonly bulkMax: number;
  /** Counts the changes of a row: rows then have entity tags. */
  readonly version: WireField | undefined;
  /** A row of which every value could be sent. */
  readonly example: Readonly<Record<string, unknown>>;
  readonly requiresMatch: boolean;
  readonly requiresIdempotencyKey: boolean;
  readonly actions: ReadonlySet<ResourceAction>;
}

/** A service whose rows are only known at run time. */
export type ErasedService = TableService<
  Readonly<Record<string, unknown>>,
  Readonly<Record<string, unknown>>,
  Readonly<Record<string, unknown>>
>;

/**
 * Serves a table under a path: list, create, get, replace, update, delete.
 *
 * @example
 * ```ts
 * const users = resource(schema.users, {
 *   prefix: '/users',
 *   search: ['name', 'email'],
 *   order: { default: '-createdAt', allowed: ['createdAt', 'name', 'email'] },
 *   hidden: ['passwordHash'],
 * });
 * ```
 */
export function resource<Row extends object, Insert extends object, Patch extends object>(
  table: TableOf<Row, Insert, Patch>,
  options: ResourceOptions<Row>,
): Resource {
  const described = table[definition];
  const service = (options.service ?? tableService(table)) as unknown as ErasedService;
  checkFields(described, service, options);
  const fields = fieldsOf(described, service, options);
  const primaryKey = primaryKeyOf(described, fields);
  const key = options.key === undefined ? primaryKey : fields.filter((field) => field.key === options.key);
  refuseUnfit(described, primaryKey, key);
  const relations = resourceRelations(table, options.include);
  const givesKey = key.every(({ insertable }) => insertable);
  return {
    prefix: options.prefix,
    name: options.name ?? capitalize(camelCase(described.name)),
    tags: options.tags ?? [options.prefix.slice(options.prefix.lastIndexOf('/') + 1)],
    table: described,
    service: service.including((relation) => relations.get(relation)?.resource().service),
    fields,
    primaryKey,
    key,
    search: options.search ?? [],
    defaultOrder: defaultOrder(described, options.order?.default),
    limit: { default: options.limit?.default ?? 50, max: options.limit?.max ?? 200 },
    offset: offsetOf(options.offset),
    relations,
    includeLimit: { depth: options.includeLimit?.depth ?? 2, rows: options.includeLimit?.rows ?? 20 },
    version: fields.find(({ key }) => key === described.roles.version?.key),
    example: { ...exampleRow(fields), ...options.example },
    requiresMatch: options.requireMatch ?? false,
    requiresIdempotencyKey: options.requireIdempotencyKey ?? false,
    bulkMax: typeof options.bulk === 'object' ? options.bulk.max : options.bulk === true ? 100 : 0,
    actions: new Set((options.actions ?? everyAction).filter((action) => action !== 'replace' || givesKey)),
  };
}

function fieldsOf<Row>(
  table: TableDefinition,
  service: ErasedService,
  options: ResourceOptions<Row>,
): readonly WireField[] {
  const rights = {
    hidden: new Set<string>(options.hidden),
    readOnly: new Set<string>([...(options.readOnly ?? []), ...service.makes]),
    filter: options.filter === undefined ? undefined : new Set<string>(options.filter),
    order: options.order?.allowed === undefined ? undefined : new Set<string>(options.order.allowed),
  };
  return [
    ...table.columns.map(({ key, builder }) => columnField(key, builder, rights)),
    ...Object.entries(service.takes).map(([key, builder]) => takenField(key, builder)),
  ];
}

function primaryKeyOf(table: TableDefinition, fields: readonly WireField[]): readonly WireField[] {
  const names = table.catalogTable.primaryKey?.columns ?? [];
  const keys = names.map((name) => table.columns.find(({ columnName }) => columnName === name)?.key);
  return fields.filter(({ key }) => keys.includes(key));
}

/** Refuses a table without a primary key, and a key whose values cannot stand in a path. */
function refuseUnfit(table: TableDefinition, primaryKey: readonly WireField[], key: readonly WireField[]): void {
  if (primaryKey.length > 0 && key.every(({ wire }) => wire.fromText !== undefined)) return;
  throw new RowhouseError('SCHEMA_INVALID', `table ${table.name} has no primary key that a path could hold`, {
    details: { table: table.name },
    hint: 'give the table a primary key of numbers, text, uuids or dates',
  });
}

function offsetOf(said: boolean | number | undefined = false): number {
  if (typeof said === 'number') return said;
  return said ? 10_000 : 0;
}

function defaultOrder(table: TableDefinition, said: string | readonly string[] | undefined): readonly string[] {
  if (said !== undefined) return typeof said === 'string' ? [said] : said;
  return table.roles.createdAt === undefined ? [] : [`-${table.roles.createdAt.key}`];
}
