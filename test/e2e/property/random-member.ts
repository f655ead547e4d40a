import { mentions } from '../../../src/catalog/change/mentions.ts';
import type { Column } from '../../../src/catalog/model/column.ts';
import type { ColumnType } from '../../../src/catalog/model/column-type.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { Check, ForeignKey, Unique } from '../../../src/catalog/model/constraint.ts';
import type { ExpressionPart } from '../../../src/catalog/model/expression.ts';
import type { IndexDefinition } from '../../../src/catalog/model/index-definition.ts';
import type { ObjectName } from '../../../src/catalog/model/object-name.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import type { View } from '../../../src/catalog/model/view.ts';
import type { Dialect } from '../../../src/dialect/dialect.ts';
import type { SeededNumbers } from '../../../src/migration/prove/seeded-numbers.ts';
import { isPlain, randomColumn } from './random-column.ts';

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

/** A name in the default namespace or in one of the catalog's. */
export function randomName({ pick, name, random }: Chance, prefix: string, catalog: Catalog): ObjectName {
  const namespace = random(2) === 0 ? pick(catalog.namespaces) : undefined;
  return namespace === undefined ? { name: name(prefix) } : { namespace, name: name(prefix) };
}

export function randomTable(given: Chance, catalog: Catalog): Table {
  const { random } = given;
  const own = randomName(given, 't', catalog);
  const id: Column = {
    name: 'id',
    type: { kind: 'integer' },
    nullable: false,
    ...(random(4) === 0 ? { identity: { generation: 'by-default' } } : {}),
  };
  const columns = Array.from({ length: 1 + random(4) }).reduce<readonly Column[]>(
    (made) => [...made, randomColumn(given, catalog, made)],
    [id],
  );
  const table: Table = {
    ...own,
    columns,
    primaryKey: { name: `${own.name}_pkey`, columns: ['id'] },
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
  const possible = columns.filter(
    ({ type, name, generated }) => name !== 'id' && generated === undefined && keyTypes.includes(type.kind),
  );
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
  const column = pick(
    table.columns.filter((each) => isPlain(each) && ['smallint', 'integer', 'bigint'].includes(each.type.kind)),
  );
  if (column === undefined) return undefined;
  const parts = [
    { kind: 'name' as const, name: column.name },
    { kind: 'text' as const, text: ` >= ${-random(9)}` },
  ];
  return { name: name('k'), expression: { parts } };
}

export function randomForeignKey(
  { pick, name, filled }: Chance,
  table: Table,
  catalog: Catalog,
): ForeignKey | undefined {
  const column = pick(table.columns.filter((each) => each.type.kind === 'integer' && canRefer(each, table)));
  // there must be rows with the numbers that are in the column: not those that the engine numbers, nor none at all
  const other = pick(
    catalog.tables.filter(
      ({ primaryKey, columns }) =>
        primaryKey?.columns.join() === 'id' &&
        columns.some((each) => each.name === 'id' && isPlain(each)) &&
        (filled.size === 0 || columns.some((each) => each.name !== 'id' && filled.has(each.name))),
    ),
  );
  if (column === undefined || other === undefined || column.default !== undefined) return undefined;
  const references = { ...nameOf(other), columns: ['id'] };
  const onDelete = pick(['no-action', 'cascade'] as const) ?? 'no-action';
  return { name: name('f'), columns: [column.name], references, onDelete, onUpdate: 'no-action' };
}

/** It refers to nothing yet, nothing is computed from it, and no descending index is made of it. */
function canRefer(column: Column, { columns, foreignKeys }: Table): boolean {
  return (
    column.name !== 'id' &&
    isPlain(column) &&
    !foreignKeys.some((key) => key.columns.includes(column.name)) &&
    !columns.some(({ generated }) => generated !== undefined && mentions(generated.expression, column.name))
  );
}

/** The name alone, without what has it. */
export function nameOf({ namespace, name }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}

export function randomView(given: Chance, catalog: Catalog): View | undefined {
  const table = given.pick(catalog.tables);
  const [key] = table?.primaryKey?.columns ?? [];
  const column = given.pick(table?.columns ?? []);
  if (table === undefined || key === undefined || column === undefined || column.name === key) return undefined;
  const place = table.namespace === undefined ? [] : [nameIn(table.namespace), textIn('.')];
  const selected = [textIn('select '), nameIn(key), textIn(', '), nameIn(column.name), textIn(' from ')];
  const parts = [...selected, ...place, nameIn(table.name)];
  const columns = [
    { name: key, type: { kind: 'integer' as const }, nullable: true },
    { name: column.name, type: column.type, nullable: true },
  ];
  return { ...randomName(given, 'v', catalog), query: { parts }, columns, materialized: false };
}

function nameIn(name: string): ExpressionPart {
  return { kind: 'name', name };
}

function textIn(text: string): ExpressionPart {
  return { kind: 'text', text };
}
