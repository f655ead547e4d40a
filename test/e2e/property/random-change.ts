import type { Change } from '../../../src/catalog/change/change.ts';
import { mentions } from '../../../src/catalog/change/mentions.ts';
import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import { isFilledIn, type Column } from '../../../src/catalog/model/column.ts';
import type { Table } from '../../../src/catalog/model/table.ts';
import { isPlain, randomColumn } from './random-column.ts';
import {
  nameOf,
  randomCheck,
  randomForeignKey,
  randomIndex,
  randomName,
  randomTable,
  randomUnique,
  randomView,
  type Chance,
} from './random-member.ts';
import { alterRaw, createRaw, isSaidInSql } from './random-raw.ts';

/** A change that fits the catalog, with those that belong to it; none when the dice chose what there is nothing for. */
export function randomChange(given: Chance, catalog: Catalog): readonly Change[] {
  if (given.random(10) === 0) return createRaw(given, catalog);
  const change = given.pick(makers)?.(given, catalog);
  return change === undefined ? [] : [change];
}

type Maker = (given: Chance, catalog: Catalog) => Change | undefined;

const makers: readonly Maker[] = [
  (given, catalog) => ({ kind: 'create-table', table: randomTable(given, catalog) }),
  (given, catalog) => {
    const table = given.pick(catalog.tables.filter((each) => catalog.tables.length > 1 && isFree(each, catalog)));
    return table === undefined
      ? undefined
      : { kind: given.pick(['drop-table', 'park-table'] as const) ?? 'drop-table', table: nameOf(table) };
  },
  onTable((table, given, catalog) => ({
    kind: 'add-column',
    table,
    column: randomColumn(
      given,
      catalog,
      table.columns.filter((each) => isLoose(each, table, catalog)),
    ),
  })),
  onTable((table, given, catalog) => {
    const column = given.pick(table.columns.filter((each) => isLoose(each, table, catalog)));
    if (column === undefined) return undefined;
    // what must have a value cannot come back empty: only parking keeps the values
    const kind = isFilledIn(column) && given.random(2) === 0 ? 'drop-column' : 'park-column';
    return { kind, table, column: column.name };
  }),
  // what is kept as SQL and belongs to the table follows it; other texts would go on saying the old name
  onTable((table, given, { raw }) =>
    isSaidInSql(
      table.name,
      raw.filter((object) => object.table === undefined),
    )
      ? undefined
      : { kind: 'rename-table', table, to: given.name('t') },
  ),
  onTable((table, given, { raw }) => {
    const column = given.pick(table.columns.filter(({ name }) => !isSaidInSql(name, raw)));
    return column === undefined
      ? undefined
      : { kind: 'rename-column', table, column: column.name, to: given.name('c') };
  }),
  onTable(alterColumn),
  onTable(alterColumn),
  onTable((table, given) => {
    const unique = randomUnique(given, table);
    return unique === undefined ? undefined : { kind: 'add-unique', table, unique };
  }),
  onTable((table, given) => {
    const check = randomCheck(given, table);
    return check === undefined ? undefined : { kind: 'add-check', table, check };
  }),
  onTable((table, given) => {
    const index = randomIndex(given, table);
    return index === undefined ? undefined : { kind: 'create-index', table, index };
  }),
  onTable((table, given, catalog) => {
    const foreignKey = randomForeignKey(given, table, catalog);
    return foreignKey === undefined ? undefined : { kind: 'add-foreign-key', table, foreignKey };
  }),
  onTable(dropMember),
  onTable(renameMember),
  onTable(alterMember),
  onTable((table, given) => ({
    kind: 'set-table-comment',
    table,
    comment: given.random(3) === 0 ? null : given.name('comment '),
  })),
  (given) => ({ kind: 'create-namespace', name: given.name('n') }),
  (given, catalog) => {
    const name = given.pick(catalog.namespaces.filter((each) => isEmpty(each, catalog)));
    return name === undefined ? undefined : { kind: 'drop-namespace', name };
  },
  (given, catalog) => ({ kind: 'create-enum', enum: { ...randomName(given, 'e', catalog), values: ['low', 'high'] } }),
  (given, catalog) => alterEnum(given, catalog),
  (given, catalog) => ({
    kind: 'create-sequence',
    sequence: { ...randomName(given, 's', catalog), increment: String(1 + given.random(3)) },
  }),
  (given, catalog) => alterSequence(given, catalog),
  (given, catalog) => {
    const view = randomView(given, catalog);
    return view === undefined ? undefined : { kind: 'create-view', view };
  },
  (given, catalog) => alterView(given, catalog),
  alterRaw,
  onTable(fillIn),
];

type TableMaker = (table: Table, given: Chance, catalog: Catalog) => Change | undefined;

function onTable(make: TableMaker): Maker {
  return (given, catalog) => {
    const table = given.pick(catalog.tables);
    const change = table === undefined ? undefined : make(table, given, catalog);
    return change === undefined || !('table' in change)
      ? undefined
      : ({ ...change, table: nameOf(table ?? { name: '' }) } as Change);
  };
}

/** Gives a value to the rows that have none. */
function fillIn(table: Table, given: Chance): Change | undefined {
  const column = given.pick(table.columns.filter((each) => isPlain(each) && each.type.kind === 'bigint'));
  if (column === undefined) return undefined;
  const where = {
    parts: [
      { kind: 'name' as const, name: column.name },
      { kind: 'text' as const, text: ' is null' },
    ],
  };
  const set = { [column.name]: { parts: [{ kind: 'text' as const, text: '5' }] } };
  return { kind: 'backfill', table, set, where };
}

function alterColumn(table: Table, given: Chance, catalog: Catalog): Change | undefined {
  const column = given.pick(table.columns.filter((each) => isLoose(each, table, catalog)));
  if (column === undefined) return undefined;
  if (column.generated !== undefined)
    return { kind: 'alter-column', table, column: { ...column, comment: given.name('comment ') } };
  const { default: _, ...plain } = column;
  const changed: readonly Column[] = [
    ...(column.nullable && !given.filled.has(column.name) ? [] : [{ ...column, nullable: !column.nullable }]),
    { ...column, comment: given.name('comment ') },
    ...(column.type.kind === 'integer' ? [{ ...column, type: { kind: 'bigint' as const } }] : []),
    ...(column.type.kind === 'varchar'
      ? [{ ...column, type: { kind: 'varchar' as const, length: column.type.length + 20 } }]
      : []),
    ...(column.type.kind === 'smallint' ? [{ ...column, type: { kind: 'integer' as const } }] : []),
    ...(column.default === undefined ? [] : [plain]),
    ...(column.type.kind === 'integer'
      ? [{ ...column, default: { kind: 'literal' as const, value: given.random(90) } }]
      : []),
  ];
  const made = given.pick(changed) ?? column;
  return { kind: 'alter-column', table, column: made };
}

function dropMember({ uniques, checks, foreignKeys, indexes, ...table }: Table, given: Chance): Change | undefined {
  const drops: readonly Change[] = [
    ...uniques.map(({ name }): Change => ({ kind: 'drop-unique', table, name })),
    ...checks.map(({ name }): Change => ({ kind: 'drop-check', table, name })),
    ...foreignKeys.map(({ name }): Change => ({ kind: 'drop-foreign-key', table, name })),
    ...indexes.map(({ name }): Change => ({ kind: 'drop-index', table, name })),
  ];
  return given.pick(drops);
}

function renameMember({ uniques, checks, foreignKeys, indexes, ...table }: Table, given: Chance): Change | undefined {
  const to = given.name('n');
  const renames: readonly Change[] = [
    ...[...uniques, ...checks, ...foreignKeys].map(({ name }): Change => ({
      kind: 'rename-constraint',
      table,
      name,
      to,
    })),
    ...indexes.map(({ name }): Change => ({ kind: 'rename-index', table, name, to })),
  ];
  return given.pick(renames);
}

function alterMember(table: Table, given: Chance, catalog: Catalog): Change | undefined {
  const [unique, check, index] = [randomUnique(given, table), randomCheck(given, table), randomIndex(given, table)];
  const foreignKey = randomForeignKey(given, table, catalog);
  const changes: readonly Change[] = [
    ...table.uniques.flatMap(({ name }): Change[] =>
      unique === undefined ? [] : [{ kind: 'alter-unique', table, unique: { ...unique, name } }],
    ),
    ...table.checks.flatMap(({ name }): Change[] =>
      check === undefined ? [] : [{ kind: 'alter-check', table, check: { ...check, name } }],
    ),
    ...table.indexes.flatMap(({ name }): Change[] =>
      index === undefined ? [] : [{ kind: 'alter-index', table, index: { ...index, name } }],
    ),
    ...table.foreignKeys.flatMap(({ name }): Change[] =>
      foreignKey === undefined ? [] : [{ kind: 'alter-foreign-key', table, foreignKey: { ...foreignKey, name } }],
    ),
  ];
  return given.pick(changes);
}

function alterEnum(given: Chance, catalog: Catalog): Change | undefined {
  const found = given.pick(catalog.enums);
  if (found === undefined) return undefined;
  const isUsed = catalog.tables.some(({ columns }) =>
    columns.some(({ type }) => type.kind === 'enum' && type.name === found.name),
  );
  return given.pick<Change>([
    { kind: 'alter-enum', enum: { ...found, values: [...found.values, given.name('value')] } },
    { kind: 'rename-enum', enum: nameOf(found), to: given.name('e') },
    { kind: 'rename-enum-value', enum: nameOf(found), value: found.values[0] ?? '', to: given.name('value') },
    ...(isUsed ? [] : [{ kind: 'drop-enum' as const, enum: nameOf(found) }]),
  ]);
}

function alterSequence(given: Chance, catalog: Catalog): Change | undefined {
  const found = given.pick(catalog.sequences);
  if (found === undefined) return undefined;
  return given.pick<Change>([
    { kind: 'alter-sequence', sequence: { ...found, increment: String(1 + given.random(9)) } },
    { kind: 'rename-sequence', sequence: nameOf(found), to: given.name('s') },
    { kind: 'drop-sequence', sequence: nameOf(found) },
  ]);
}

function alterView(given: Chance, catalog: Catalog): Change | undefined {
  const found = given.pick(catalog.views);
  if (found === undefined) return undefined;
  const other = randomView(given, catalog);
  return given.pick<Change>([
    { kind: 'drop-view', view: nameOf(found) },
    { kind: 'rename-view', view: nameOf(found), to: given.name('v') },
    ...(other === undefined
      ? []
      : [{ kind: 'alter-view' as const, view: { ...found, query: other.query, columns: other.columns } }]),
  ]);
}

function isEmpty(namespace: string, { enums, sequences, tables, views, raw }: Catalog): boolean {
  return ![...enums, ...sequences, ...tables, ...views, ...raw].some((object) => object.namespace === namespace);
}

/** No foreign key of another table refers to it, it has none itself, and no view reads it. */
function isFree(table: Table, catalog: Catalog): boolean {
  const isReferred = catalog.tables.some(({ foreignKeys }) =>
    foreignKeys.some(({ references }) => references.name === table.name),
  );
  return !isReferred && table.foreignKeys.length === 0 && !isRead(table, catalog);
}

function isRead({ name }: Table, { views, raw }: Catalog): boolean {
  if (isSaidInSql(name, raw)) return true;
  return views.some(({ query }) => query.parts.some((part) => part.kind === 'name' && part.name === name));
}

/** Nothing is made of the column: no key, check, foreign key, index or view. */
function isLoose({ name }: Column, table: Table, catalog: Catalog): boolean {
  const { uniques, checks, foreignKeys, indexes } = table;
  return (
    name !== 'id' &&
    table.primaryKey?.columns.includes(name) !== true &&
    ![...uniques, ...foreignKeys].some(({ columns }) => columns.includes(name)) &&
    !checks.some(({ expression }) => expression.parts.some((part) => part.kind === 'name' && part.name === name)) &&
    !indexes.some(({ keys }) => keys.some(({ column }) => column === name)) &&
    !table.columns.some(({ generated }) => generated !== undefined && mentions(generated.expression, name)) &&
    !isSaidInSql(name, catalog.raw) &&
    !isRead(table, catalog)
  );
}
