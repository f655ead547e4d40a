import { emptyCatalog } from '../catalog/model/catalog.ts';
import type { ColumnType } from '../catalog/model/column-type.ts';
import type { Codec } from '../dialect/codec.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { enumsOf } from '../schema/schema.ts';
import { relationsOf } from '../schema/relations/relation-link.ts';
import { definition, type AnyTable, type TableDefinition } from '../schema/table/table.ts';
import { planRelations, type RelationPlan } from './include/relation-plan.ts';
import { compileRowMapper, type RowMapper } from './row-mapper.ts';
import { compileRowReader, type RowReader } from './write/row-reader.ts';

/** One column as queries need it: quoted once, codec chosen once. */
export interface Field {
  readonly key: string;
  readonly position: number;
  /** The column's quoted name. */
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly codec: Codec;
  readonly immutable: boolean;
  /** The database computes it; nobody writes it. */
  readonly generated: boolean;
  readonly makeDefault: (() => unknown) | undefined;
}

/** Everything about a table that does not depend on a call: made once per table and dialect. */
export interface TablePlan {
  readonly dialect: Dialect;
  readonly definition: TableDefinition;
  /** Quoted, with its namespace. */
  readonly table: string;
  /** For messages. */
  readonly label: string;
  readonly fields: readonly Field[];
  readonly fieldOf: ReadonlyMap<string, Field>;
  /** Empty unless the table comes from `relations()`. */
  readonly relationOf: ReadonlyMap<string, RelationPlan>;
  readonly primaryKey: readonly Field[];
  readonly tenant: Field | undefined;
  readonly deletedAt: Field | undefined;
  readonly updatedAt: Field | undefined;
  /** Counts the changes of a row. */
  readonly version: Field | undefined;
  /** `"a", "b", …` in the order of `fields`. */
  readonly selectList: string;
  readonly mapRow: RowMapper;
  readonly readRow: RowReader;
  /** A column needs 64-bit integers. */
  readonly bigintRows: boolean;
}

const plansByDialect = new WeakMap<Dialect, WeakMap<AnyTable, TablePlan>>();

/** The plan of a table on one engine. Throws `CAPABILITY_MISSING` when a column's type does not exist there. */
export function planTable(table: AnyTable, dialect: Dialect): TablePlan {
  let byTable = plansByDialect.get(dialect);
  if (byTable === undefined) plansByDialect.set(dialect, (byTable = new WeakMap()));
  let plan = byTable.get(table);
  if (plan === undefined) byTable.set(table, (plan = makePlan(table, dialect)));
  return plan;
}

function makePlan(table: AnyTable, dialect: Dialect): TablePlan {
  const described = table[definition];
  const catalog = { ...emptyCatalog, enums: enumsOf([described]) };
  const fields = described.columns.map(({ key, columnName, builder }, position): Field => {
    const { type, nullable, generated, identity, codeDefault, immutable, role } = builder.definition;
    const lack = dialect.types.unsupported(type);
    if (lack !== undefined) {
      throw new RowhouseError('CAPABILITY_MISSING', `${described.name}.${columnName}: ${lack}`, {
        details: { table: described.name, column: columnName },
      });
    }
    return {
      key,
      position,
      name: dialect.text.name(columnName),
      type,
      nullable,
      codec: dialect.types.codec(type, catalog),
      immutable: immutable === true || role === 'tenant',
      generated: generated !== undefined || identity?.generation === 'always',
      makeDefault: codeDefault === undefined ? undefined : () => codeDefault.make(),
    };
  });
  const fieldOf = new Map(fields.map((field) => [field.key, field]));
  const byRole = (role: 'tenant' | 'deletedAt' | 'updatedAt' | 'version'): Field | undefined =>
    fieldOf.get(described.roles[role]?.key ?? '');
  const path = described.namespace === undefined ? [described.name] : [described.namespace, described.name];
  return {
    dialect,
    definition: described,
    table: path.map((part) => dialect.text.name(part)).join('.'),
    label: path.join('.'),
    fields,
    fieldOf,
    relationOf: planRelations(relationsOf(table), fieldOf, (other) => planTable(other, dialect)),
    primaryKey: primaryKeyOf(described, fields),
    tenant: byRole('tenant'),
    deletedAt: byRole('deletedAt'),
    updatedAt: byRole('updatedAt'),
    version: byRole('version'),
    selectList: fields.map(({ name }) => name).join(', '),
    mapRow: compileRowMapper(fields, 'listed'),
    readRow: compileRowReader(fields),
    bigintRows: fields.some(({ type }) => needsBigint(type)),
  };
}

function primaryKeyOf(described: TableDefinition, fields: readonly Field[]): readonly Field[] {
  const columns = described.catalogTable.primaryKey?.columns ?? [];
  return columns.flatMap(
    (column) => fields.find((field) => described.columns[field.position]?.columnName === column) ?? [],
  );
}

function needsBigint(type: ColumnType): boolean {
  return type.kind === 'bigint';
}
