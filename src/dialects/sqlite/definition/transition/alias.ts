import type { Transition } from '../../../../catalog/change/transition.ts';
import { findTable, type Catalog } from '../../../../catalog/model/catalog.ts';
import { textExpression } from '../../../../catalog/model/expression.ts';
import { sameName } from '../../../../catalog/model/object-name.ts';
import type { RawObject } from '../../../../catalog/model/raw-object.ts';
import type { View } from '../../../../catalog/model/view.ts';
import type { Column } from '../../../../catalog/model/column.ts';
import { findColumn, type Table } from '../../../../catalog/model/table.ts';
import type { CompileOptions, DefinitionStatement } from '../../../../dialect/definition.ts';
import { RowhouseError } from '../../../../errors/rowhouse-error.ts';
import { sqliteText } from '../../text.ts';
import { defaultText } from '../default.ts';
import { createView } from '../view.ts';
import type { SqliteTransitionContext } from '../transition.ts';

type Alias = Extract<Transition, { kind: 'alias-table' | 'drop-alias' }>;

/** A view under the table's old name, with triggers that do to the table what is done to the view. */
export function compileAlias(change: Alias, { before }: SqliteTransitionContext): readonly DefinitionStatement[] {
  // The triggers of a view go with it.
  if (change.kind === 'drop-alias') return [plain(`drop view ${sqliteText.name(change.alias)}`)];
  const { view, triggers } = aliasOf(change, before);
  return [plain(createView(view)), ...triggers.map(({ create }) => plain(create['sqlite'] ?? ''))];
}

/**
 * The catalog with the aliases that are there when a change is made: those that earlier changes of the same plan have
 * made, and those that later ones drop. The authored one does not have them, and a table can only be made anew when
 * everything that reads it is out of the way.
 */
export function withAliases(catalog: Catalog, { earlier = [], later = [] }: CompileOptions): Catalog {
  const made = [
    ...earlier.filter((change) => change.kind === 'alias-table'),
    ...later.filter((change) => change.kind === 'drop-alias'),
  ];
  const aliases = made
    .filter((change) => catalog.tables.some((table) => sameName(table, change.table)))
    .map((change) => aliasOf(change, catalog));
  if (aliases.length === 0) return catalog;
  return {
    ...catalog,
    views: [...catalog.views, ...aliases.map(({ view }) => view)],
    raw: [...catalog.raw, ...aliases.flatMap(({ triggers }) => triggers)],
  };
}

interface AliasObjects {
  readonly view: View;
  readonly triggers: readonly RawObject[];
}

function aliasOf({ table: name, alias, columns: named }: Alias, catalog: Catalog): AliasObjects {
  const whole = findTable(catalog, name);
  if (whole === undefined) throw new RowhouseError('CHANGE_INVALID', `there is no table ${name.name}`);
  const isNamed = (column: Column): boolean => named === undefined || named.includes(column.name);
  const table = { ...whole, columns: whole.columns.filter(isNamed) };
  const columns = table.columns.map((column) => sqliteText.name(column.name)).join(', ');
  const query = textExpression(`select ${columns} from ${sqliteText.name(table.name)}`);
  return {
    view: { name: alias, query, columns: [], materialized: false },
    triggers: writes(table).map(({ event, sql }) => {
      const trigger = `${alias}__${event}`;
      const header = `create trigger ${sqliteText.name(trigger)} instead of ${event} on ${sqliteText.name(alias)}`;
      return {
        type: 'trigger',
        name: trigger,
        table: alias,
        create: { sqlite: `${header} begin ${sql}; end` },
        drop: { sqlite: `drop trigger ${sqliteText.name(trigger)}` },
        stage: 'after-tables',
      };
    }),
  };
}

interface Write {
  readonly event: 'insert' | 'update' | 'delete';
  readonly sql: string;
}

function writes(table: Table): readonly Write[] {
  const on = sqliteText.name(table.name);
  const written = table.columns.filter(({ generated }) => generated === undefined);
  const names = written.map(({ name }) => sqliteText.name(name));
  const values = written.map(inserted);
  const set = names.map((name) => `${name} = new.${name}`);
  return [
    { event: 'insert', sql: `insert into ${on} (${names.join(', ')}) values (${values.join(', ')})` },
    { event: 'update', sql: `update ${on} set ${set.join(', ')} where ${sameRow(table)}` },
    { event: 'delete', sql: `delete from ${on} where ${sameRow(table)}` },
  ];
}

/** A view knows no defaults: a column that an insert leaves out comes as null. */
function inserted({ name, type, default: value }: Column): string {
  const given = `new.${sqliteText.name(name)}`;
  const text = value === undefined ? undefined : defaultText(value, type);
  return text === undefined ? given : `coalesce(${given}, ${text})`;
}

/** The row that a write is about: by its key, or by all its values where it has none. */
function sameRow({ columns, primaryKey, uniques, ...table }: Table): string {
  const required = (name: string): boolean => findColumn({ ...table, columns, uniques }, name)?.nullable === false;
  const key = primaryKey?.columns ?? uniques.find((unique) => unique.columns.every(required))?.columns;
  return (key ?? columns.map(({ name }) => name))
    .map((name) => `${sqliteText.name(name)} is old.${sqliteText.name(name)}`)
    .join(' and ');
}

function plain(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}
