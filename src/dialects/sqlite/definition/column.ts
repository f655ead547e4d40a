import { findEnum, type Catalog } from '../../../catalog/model/catalog.ts';
import type { Column } from '../../../catalog/model/column.ts';
import type { ColumnType } from '../../../catalog/model/column-type.ts';
import type { Table } from '../../../catalog/model/table.ts';
import { refuse } from '../refuse.ts';
import { sqliteText } from '../text.ts';
import { sqliteTypes } from '../types.ts';
import { declaredType, strictType } from '../types/declared-type.ts';
import { readType } from '../types/read-type.ts';
import { collationText } from './collation.ts';
import { columnChecks } from './constraint.ts';
import { defaultText } from './default.ts';
import { expressionText } from './expression.ts';
import { identityText } from './identity.ts';
import { conflictText, isOn } from './table-options.ts';

/** One column of `create table` or `add column`. Comments are left out: SQLite keeps none. */
export function columnDefinition(table: Table, column: Column, catalog: Catalog): string {
  const { name, collation, nullable, generated, identity } = column;
  const unsupported = sqliteTypes.unsupported(column.type);
  if (unsupported !== undefined) throw refuse(table, name, 'the type cannot exist here', unsupported);
  return [
    sqliteText.name(name),
    typeText(table, column),
    ...(collation === undefined ? [] : [collationText(table, name, collation)]),
    ...(nullable ? [] : [`not null${conflictText(table, `not null ${name}`)}`]),
    ...(column.default === undefined ? [] : [`default ${printedDefault(table, column)}`]),
    ...(generated === undefined
      ? []
      : [`generated always as (${expressionText(generated.expression)}) ${generated.stored ? 'stored' : 'virtual'}`]),
    ...(identity === undefined ? [] : [identityText(table, name, identity)]),
    ...(column.type.kind === 'enum' ? [enumCheck(table, name, column.type, catalog)] : []),
    ...columnChecks(table, name),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * The declared type. Where SQLite demands a word of its own, in STRICT tables and for the column that is the row's number,
 * the declared type follows as a comment, which SQLite keeps and the inspector reads, unless the word says the same.
 */
function typeText(table: Table, column: Column): string {
  const declared = declaredType(column.type);
  const demanded = demandedWord(table, column, declared);
  const isSaid = demanded === declared || declaredType(readType(demanded)) === declared;
  return isSaid ? demanded : `${demanded} /* ${declared} */`;
}

function demandedWord(table: Table, column: Column, declared: string): string {
  const own = ownWord(table, column, declared);
  if (own !== undefined) return own;
  const word = column.identity !== undefined ? 'integer' : isOn(table, 'strict') ? strictType(column.type) : declared;
  // A lone key of type `integer` would become the row's number, and a missing value a new number instead of an error.
  const isLoneKey = table.primaryKey?.columns.length === 1 && table.primaryKey.columns[0] === column.name;
  return word === 'integer' && isLoneKey && column.identity === undefined ? 'int' : word;
}

/** The column option `declared`, for databases that others made: another word for the type, under which SQLite stores values otherwise. */
function ownWord(table: Table, { name, options }: Column, declared: string): string | undefined {
  const word = options?.['declared'];
  if (word === undefined) return undefined;
  const type = String(word);
  if (!isOn(table, 'strict') && declaredType(readType(type)) === declared)
    return declaredType({ kind: 'native', type });
  throw refuse(table, name, `its type is not declared as ${type}`, 'leave the column option `declared` out');
}

function printedDefault(table: Table, column: Column): string {
  if (column.default === undefined) return '';
  const text = defaultText(column.default, column.type);
  if (text !== undefined) return text;
  throw refuse(table, column.name, 'its type has no such default', 'write the default as an expression');
}

/** The values as a check on the column itself, so that dropping the column drops it too. */
function enumCheck(table: Table, column: string, type: ColumnType & { kind: 'enum' }, catalog: Catalog): string {
  const values = findEnum(catalog, type)?.values;
  if (values === undefined) throw refuse(table, column, `there is no enum ${type.name}`, 'create the enum first');
  const list = values.map((value) => sqliteText.literal(value)).join(', ');
  const name = sqliteText.name(`${table.name}_${column}_enum`);
  return `constraint ${name} check (${sqliteText.name(column)} in (${list}))`;
}
