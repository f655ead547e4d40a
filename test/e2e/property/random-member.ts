import type { Column } from '../../../src/catalog/model/column.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Check, ForeignKey, Unique } from '../../../src/catalog/model/constraint.ts';
import type { IndexDefinition } from '../../../src/catalog/model/index-definition.ts';
import type { ObjectName } from '../../../src/catalog/model/object-name.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { View } from '../../../src/catalog/model/view.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import type { SeededNumbers } from '../../../src/migration/prove/seeded-numbers.ts';

/** What random things are made with. Names are never used twice, so that nothing looks like a rename. */
export interface Chance {
  readonly random: SeededNumbers;
  readonly dialect: Dialect;
  readonly pick: <T>(list: readonly T[]) => T | undefined;
  readonly name: (prefix: string) => string;
  /** Columns that have a value in every row. */
  readonly filled: Set<string>;
}

/** Names are numbered from `first` on. */
export function chance(random: SeededNumbers, dialect: Dialect, first = 1): Chance {
  let made = first - 1;
  return {
    random,
    dialect,
    pick: (list) => list[random(list.length)],
    name: (prefix) => `${prefix}${(made += 1)}`,
    filled: new Set(),
  };
}

const types: readonly ColumnType[] = [
  { kind: 'smallint' },
  { kind: 'integer' },
  { kind: 'bigint' },
  { kind: 'decimal', precision: 10, scale: 2 },
  { kind: 'double' },
  { kind: 'boolean' },
  { kind: 'text' },
  { kind: 'varchar', length: 20 },
  { kind: 'char', length: 6 },
  { kind: 'bytes' },
  { kind: 'uuid' },
  { kind: 'date' },
  { kind: 'time', precision: 0 },
  { kind: 'timestamp', precision: 3 },
  { kind: 'timestamptz', precision: 3 },
  { kind: 'json' },
  { kind: 'array', of: { kind: 'integer' } },
];

export function randomColumn({ random, dialect, pick, name }: Chance, catalog: Catalog): Column {
  const enums = catalog.enums.map((each): ColumnType => ({ kind: 'enum', name: each.name }));
  const possible = [...types, ...enums, ...enums].filter((each) => dialect.types.unsupported(each) === undefined);
  const type = pick(possible) ?? { kind: 'integer' };
  const value = random(2) === 0 ? defaultOf(type) : undefined;
  const nullable = value === undefined || random(2) === 0;
  return {
    name: name('c'),
    type,
    nullable,
    ...(value === undefined ? {} : { default: { kind: 'literal', value } }),
    ...(random(8) === 0 ? { comment: `it's a comment` } : {}),
  };
}

function defaultOf({ kind }: ColumnType): string | number | boolean | undefined {
  if (kind === 'integer' || kind === 'bigint' || kind === 'smallint') return kind === 'bigint' ? '7' : 7;
  if (kind === 'varchar') return `it's`;
  return kind === 'boolean' ? true : undefined;
}

export function randomTable(given: Chance, catalog: Catalog): Table {
  const { random, name } = given;
  const own = name('t');
  const table: Table = {
    name: own,
    columns: [
      { name: 'id', type: { kind: 'integer' }, nullable: false },
      ...Array.from({ length: 1 + random(4) }, () => randomColumn(given, catalog)),
    ],
    primaryKey: { name: `${own}_pkey`, columns: ['id'] },
    uniques: [],
    foreignKeys: [],
    checks: [],
    indexes: [],
    ...(random(4) === 0 ? { comment: 'a table' } : {}),
  };
  const [unique, check, index] = [randomUnique(given, table), randomCheck(given, table), randomIndex(given, table)];
  return {
    ...table,
    uniques: random(2) === 0 && unique !== undefined ? [unique] : [],
    checks: random(2) === 0 && check !== undefined ? [check] : [],
    indexes: random(2) === 0 && index !== undefined ? [index] : [],
  };
}

/** Types of which every engine takes a whole value as a key, and of which generated rows have different ones. */
const keyTypes: readonly ColumnType['kind'][] = ['smallint', 'integer', 'bigint', 'varchar', 'uuid', 'date'];

function keyColumns({ random }: Chance, { columns }: Table): readonly string[] {
  const possible = columns.filter(({ type, name }) => name !== 'id' && keyTypes.includes(type.kind));
  const start = random(Math.max(1, possible.length));
  return [...possible.slice(start), ...possible.slice(0, start)].slice(0, 1 + random(2)).map(({ name }) => name);
}

export function randomUnique(given: Chance, table: Table): Unique | undefined {
  const columns = keyColumns(given, table);
  return columns.length === 0 ? undefined : { name: given.name('u'), columns };
}

export function randomIndex(given: Chance, table: Table): IndexDefinition | undefined {
  const columns = keyColumns(given, table);
  if (columns.length === 0) return undefined;
  const keys = columns.map((column) => (given.random(3) === 0 ? { column, order: 'desc' as const } : { column }));
  return { name: given.name('i'), keys, unique: false };
}

export function randomCheck({ pick, name, random }: Chance, table: Table): Check | undefined {
  const column = pick(table.columns.filter(({ type }) => ['smallint', 'integer', 'bigint'].includes(type.kind)));
  if (column === undefined) return undefined;
  const parts = [
    { kind: 'name' as const, name: column.name },
    { kind: 'text' as const, text: ` >= ${-random(9)}` },
  ];
  return { name: name('k'), expression: { parts } };
}

export function randomForeignKey({ pick, name }: Chance, table: Table, catalog: Catalog): ForeignKey | undefined {
  const column = pick(table.columns.filter(({ type, name: own }) => type.kind === 'integer' && own !== 'id'));
  const other = pick(catalog.tables.filter(({ primaryKey }) => primaryKey?.columns.join() === 'id'));
  if (column === undefined || other === undefined || column.default !== undefined) return undefined;
  const references: ObjectName & { columns: readonly string[] } = { name: other.name, columns: ['id'] };
  const onDelete = pick(['no-action', 'cascade'] as const) ?? 'no-action';
  return { name: name('f'), columns: [column.name], references, onDelete, onUpdate: 'no-action' };
}

export function randomView({ pick, name }: Chance, catalog: Catalog): View | undefined {
  const table = pick(catalog.tables);
  const [key] = table?.primaryKey?.columns ?? [];
  const column = pick(table?.columns ?? []);
  if (table === undefined || key === undefined || column === undefined || column.name === key) return undefined;
  const parts = [
    { kind: 'text' as const, text: 'select ' },
    { kind: 'name' as const, name: key },
    { kind: 'text' as const, text: ', ' },
    { kind: 'name' as const, name: column.name },
    { kind: 'text' as const, text: ' from ' },
    { kind: 'name' as const, name: table.name },
  ];
  const columns = [
    { name: key, type: { kind: 'integer' as const }, nullable: true },
    { name: column.name, type: column.type, nullable: true },
  ];
  return { name: name('v'), query: { parts }, columns, materialized: false };
}
