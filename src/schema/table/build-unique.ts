import type { Unique } from '../../catalog/model/constraint.ts';
import type { Expression } from '../../catalog/model/expression.ts';
import type { IndexDefinition, IndexKey } from '../../catalog/model/index-definition.ts';
import { lowered } from '../../catalog/model/lowered-column.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { derivedName } from '../../util/names.ts';
import type { UniqueMember } from './members.ts';
import type { DefinedColumn, TableDefinition } from './table.ts';

interface Uniques {
  readonly uniques: readonly Unique[];
  readonly indexes: readonly IndexDefinition[];
}

type Described = Omit<TableDefinition, 'catalogTable'>;

/**
 * What `.unique()` and `unique()` mean in this table: a constraint over plain columns; a unique index where only the
 * living count, case is ignored, or rows without a tenant form a bucket of their own.
 */
export function buildUniques(table: Described): Uniques {
  const ofColumns = table.columns.flatMap(({ columnName, builder }) =>
    builder.definition.unique === undefined ? [] : [buildUnique(table, [columnName], builder.definition.unique)],
  );
  const ofMembers = table.members
    .filter((member) => member.kind === 'unique')
    .map(({ columns, options }) =>
      buildUnique(
        table,
        columns.map(({ columnName }) => columnName),
        options,
      ),
    );
  const all = [...ofColumns, ...ofMembers];
  return { uniques: all.flatMap(({ uniques }) => uniques), indexes: all.flatMap(({ indexes }) => indexes) };
}

function buildUnique(table: Described, columns: readonly string[], options: UniqueMember['options']): Uniques {
  const tenant = options.acrossTenants === true ? undefined : table.roles.tenant;
  const deletedAt = options.includeDeleted === true ? undefined : table.roles.deletedAt;
  const name = options.name ?? derivedName(table.name, ...columns, 'key');
  const scoped =
    tenant === undefined || columns.includes(tenant.columnName) ? columns : [tenant.columnName, ...columns];
  if (deletedAt === undefined && options.ignoreCase !== true && !isNullable(tenant)) {
    const nulls = options.nullsNotDistinct === true ? { nullsNotDistinct: true } : {};
    const deferrable = options.deferrable === undefined ? {} : { deferrable: options.deferrable };
    return { uniques: [{ name, columns: scoped, ...nulls, ...deferrable }], indexes: [] };
  }
  if (options.deferrable !== undefined) throw undeferrable(table.name, name);
  const keyOf = (column: string): IndexKey =>
    options.ignoreCase === true && columns.includes(column) && column !== tenant?.columnName
      ? { expression: lowered(column) }
      : { column };
  const living = deletedAt === undefined ? [] : [isNull(deletedAt, true)];
  const index = (indexName: string, over: readonly string[], conditions: readonly Expression[]): IndexDefinition => ({
    name: indexName,
    keys: over.map(keyOf),
    unique: true,
    ...(conditions.length === 0 ? {} : { where: allOf(conditions) }),
    ...(options.nullsNotDistinct === true ? { nullsNotDistinct: true } : {}),
  });
  if (tenant === undefined || !isNullable(tenant)) return { uniques: [], indexes: [index(name, scoped, living)] };
  return {
    uniques: [],
    indexes: [
      index(name, scoped, [...living, isNull(tenant, false)]),
      index(derivedName(name, 'no_tenant'), columns, [...living, isNull(tenant, true)]),
    ],
  };
}

function undeferrable(table: string, name: string): RowhouseError {
  return new RowhouseError('SCHEMA_INVALID', `table ${table}: ${name} is a unique index, which cannot be deferred`, {
    hint: 'a constraint can: count deleted rows too, compare letter case, and let no row be without a tenant',
  });
}

function isNullable(column: DefinedColumn | undefined): boolean {
  return column?.builder.definition.nullable === true;
}

function isNull({ columnName }: DefinedColumn, wanted: boolean): Expression {
  return {
    parts: [
      { kind: 'name', name: columnName },
      { kind: 'text', text: wanted ? ' is null' : ' is not null' },
    ],
  };
}

function allOf(conditions: readonly Expression[]): Expression {
  return {
    parts: conditions.flatMap(({ parts }, position) =>
      position === 0 ? parts : [{ kind: 'text' as const, text: ' and ' }, ...parts],
    ),
  };
}
