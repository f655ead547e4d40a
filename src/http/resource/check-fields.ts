import type { Expression } from '../../catalog/model/expression.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { definition, type TableDefinition } from '../../schema/table/table.ts';
import { refuseUnknownOption } from '../../util/refuse-unknown-option.ts';
import { optionNames } from '../../util/unknown-option.ts';
import type { ErasedService, ResourceOptions } from './resource.ts';

type Parts = Required<ResourceOptions<Record<string, unknown>>>;
type ObjectOf<Value> = Extract<Value, object>;

const known = optionNames<Parts>({
  prefix: true,
  key: true,
  name: true,
  tags: true,
  service: true,
  search: true,
  order: true,
  filter: true,
  readOnly: true,
  hidden: true,
  requireMatch: true,
  requireIdempotencyKey: true,
  example: true,
  limit: true,
  offset: true,
  include: true,
  includeLimit: true,
  bulk: true,
  actions: true,
});

const ofParts = {
  order: optionNames<ObjectOf<Parts['order']>>({ default: true, allowed: true }),
  limit: optionNames<ObjectOf<Parts['limit']>>({ default: true, max: true }),
  includeLimit: optionNames<ObjectOf<Parts['includeLimit']>>({ depth: true, rows: true }),
  bulk: optionNames<ObjectOf<Parts['bulk']>>({ max: true }),
};

/** Refuses options that are not there: a mistyped `hidden` would show what it is to hide. */
function refuseMistyped<Row>(table: TableDefinition, options: ResourceOptions<Row>): void {
  const what = `resource of table ${table.name}`;
  refuseUnknownOption(options, known, what, 'CONFIG_INVALID');
  for (const [part, names] of Object.entries(ofParts)) {
    const said: unknown = options[part as keyof typeof ofParts];
    if (typeof said === 'object' && said !== null)
      refuseUnknownOption(said, names, `${what}: ${part}`, 'CONFIG_INVALID');
  }
}

/** Refuses options that name what is not there or contradict each other: a resource is wrong at start or never. */
export function checkFields<Row>(table: TableDefinition, service: ErasedService, options: ResourceOptions<Row>): void {
  refuseMistyped(table, options);
  const { search = [], filter = [], readOnly = [], hidden = [], order, prefix, limit, key } = options;
  if (!/^(?:\/[\w.~-]+)+$/.test(prefix)) throw invalid(table, `the prefix ${prefix} is not a path like /users`);
  if (service.table[definition] !== table) throw invalid(table, 'the service is that of another table');
  const [most, usual] = [limit?.max ?? 200, limit?.default ?? 50];
  if (!(usual >= 1 && usual <= most)) throw invalid(table, 'limit.default lies between 1 and limit.max');

  const ordered = [order?.default ?? []].flat().map((term) => term.replace(/^-/, ''));
  const asked: readonly string[] = [
    ...(key === undefined ? [] : [key]),
    ...search,
    ...filter,
    ...ordered,
    ...(order?.allowed ?? []),
  ];
  const keys = new Set(table.columns.map(({ key }) => key));
  for (const key of [...asked, ...readOnly, ...hidden, ...service.makes])
    if (!keys.has(key)) throw invalid(table, `there is no property ${key}`);
  for (const key of hidden) if (asked.includes(key)) throw invalid(table, `${key} is hidden and cannot be asked about`);
  if (key !== undefined && !isUnique(key, table)) throw invalid(table, `${key} is not unique, so it names no row`);
  for (const key of Object.keys(service.takes))
    if (keys.has(key)) throw invalid(table, `the service takes ${key}, which is a column`);
  if (options.requireMatch === true && table.roles.version === undefined)
    throw invalid(table, 'requireMatch needs a version: add ...version() to the table');
  for (const key of search) {
    const kind = table.columns.find((column) => column.key === key)?.builder.definition.type.kind;
    if (kind !== 'text' && kind !== 'varchar' && kind !== 'char')
      throw invalid(table, `${key} is not text to search in`);
  }
}

/** Of all rows, or of those of a tenant, or of the living ones, a value is in one row, and none is without. */
function isUnique(key: string, { columns, catalogTable, roles }: TableDefinition): boolean {
  const column = columns.find((one) => one.key === key);
  if (column === undefined || column.builder.definition.nullable) return false;
  const isOver = (names: readonly (string | undefined)[]): boolean => {
    const others = names.filter((name) => name !== column.columnName);
    return others.length === names.length - 1 && others.every((name) => name === tenant);
  };
  const tenant = columns.find((one) => one.key === roles.tenant?.key)?.columnName;
  const deletedAt = columns.find((one) => one.key === roles.deletedAt?.key)?.columnName;
  const isOfTheLiving = ({ parts }: Expression): boolean =>
    parts.every((part) => part.kind !== 'name' || part.name === deletedAt);
  const { primaryKey, uniques, indexes } = catalogTable;
  return (
    [...(primaryKey === undefined ? [] : [primaryKey]), ...uniques].some((unique) => isOver(unique.columns)) ||
    indexes.some(
      ({ unique, keys, where }) =>
        unique && isOver(keys.map((part) => part.column)) && (where === undefined || isOfTheLiving(where)),
    )
  );
}

function invalid(table: TableDefinition, reason: string): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', `resource of table ${table.name}: ${reason}`, {
    details: { table: table.name },
  });
}
