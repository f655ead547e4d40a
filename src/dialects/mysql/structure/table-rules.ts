import type { DefinitionStatement, ObjectReference } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { Alteration, KindRules, PlanContext } from '../../../dialect/structure/rules.ts';
import { making, removing } from '../definition/context.ts';
import type { Flavor } from '../flavor.ts';
import { mysqlText } from '../text.ts';
import { alterTable } from './alter-table.ts';
import { printCreateTable } from './print-table.ts';
import { namesIn } from './scan.ts';
import { tableChanges } from './table-changes.ts';
import type { CheckShape, ColumnPart, ColumnShape, ForeignKeyShape, TableShape } from './table-shape.ts';

/** The tables of both structures by their ids. */
export interface PlannedTables {
  readonly from: ReadonlyMap<string, TableShape>;
  readonly to: ReadonlyMap<string, TableShape>;
}

/** How tables are made, changed and removed, each with its columns, indexes and checks. */
export function tableRules(
  { from, to }: PlannedTables,
  { databaseWideChecks }: Pick<Flavor, 'databaseWideChecks'>,
): KindRules {
  return {
    create: (fact, context) => createTable(get(to, fact.id), fact, context),
    drop: ({ id }) => [dropTable(get(from, id))],
    alter: (before, after, context) => changeTable(get(from, before.id), get(to, after.id), after.id, context),
    inlines: isInlined,
    refuseReplacement: () => 'it may hold rows',
    occupies: (fact) => [`relation ${fact.id.slice('table '.length)}`, ...(databaseWideChecks ? checkNames(fact) : [])],
    rank: 10,
  };
}

/** Checks are inside their table here, each under its id. */
function checkNames({ attributes }: Fact): readonly string[] {
  return Object.entries(attributes).flatMap(([id, check]) =>
    id.startsWith('check ') ? [`check ${(check as unknown as CheckShape).name.toLowerCase()}`] : [],
  );
}

/** Foreign keys of tables that need each other come after both. */
function isInlined({ kind, notes }: Fact): boolean {
  return kind === 'foreign-key' && notes?.['circular'] !== true;
}

function createTable(table: TableShape, fact: Fact, { to, partsOf }: PlanContext): readonly DefinitionStatement[] {
  const inlined = new Set(
    partsOf(fact, to)
      .filter(isInlined)
      .map(({ attributes }) => attributes['name']),
  );
  const sql = printCreateTable({ ...table, foreignKeys: table.foreignKeys.filter(({ name }) => inlined.has(name)) });
  return [making(sql, { kind: 'table', name: table.name })];
}

function dropTable({ name }: TableShape): DefinitionStatement {
  const object: ObjectReference = { kind: 'table', name };
  const table = mysqlText.name(name);
  return { ...removing(`drop table ${table}`, object), loses: [{ table }] };
}

function changeTable(from: TableShape, to: TableShape, id: string, { safe }: PlanContext): Alteration {
  const { columns } = tableChanges(from, to);
  const moved = [...columns.changed.filter(isHeldByKeys), ...columns.recreated].map(([{ name }]) => name.toLowerCase());
  return {
    how: 'in-place',
    steps: alterTable(from, to, safe),
    rebuild: (dependent) =>
      dependent.kind === 'foreign-key' && moved.some((name) => usedColumns(dependent, id).has(name)),
  };
}

/** Does the server refuse this change while a foreign key uses the column? */
function isHeldByKeys([before, after]: readonly [ColumnShape, ColumnShape]): boolean {
  const parts: readonly ColumnPart[] = ['type', 'characterSet', 'collate', 'generated', 'nullable'];
  return (
    before.name !== after.name ||
    before.inherited !== after.inherited ||
    parts.some((part) => before.parts[part] !== after.parts[part])
  );
}

/** The columns of the table that a foreign key from it or to it uses. */
function usedColumns({ attributes, parent, requires }: Fact, table: string): ReadonlySet<string> {
  const { columns, referenced, table: target } = attributes as unknown as ForeignKeyShape;
  const isOwn = parent === table;
  const isTarget = requires.includes(table) || (isOwn && table === `table ${target}`);
  return namesIn(`${isOwn ? columns : ''} ${isTarget ? referenced : ''}`);
}

function get(tables: ReadonlyMap<string, TableShape>, id: string): TableShape {
  const found = tables.get(id);
  if (found !== undefined) return found;
  throw new TypeError(`there is no ${id}`);
}
