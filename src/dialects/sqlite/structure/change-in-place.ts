import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { parseTable, type ParsedColumn } from '../inspect/parse-table.ts';
import type { ParsedConstraint } from '../inspect/parse-constraint.ts';
import { isWord, tokenize } from '../inspect/tokens.ts';
import { cutTable } from '../rebuild/table-text.ts';
import { findColumn, type TableShape } from '../rebuild/table-shape.ts';
import { sqliteText } from '../text.ts';
import { canonicalConstraint } from './canonical-constraint.ts';
import { plain } from './object-rules.ts';
import { mentions } from '../rebuild/mentions.ts';
import { columnValue, constraintTexts } from './table-fact.ts';
import { foldName } from '../rebuild/fold-name.ts';

export interface ChangeInPlace {
  readonly steps: readonly DefinitionStatement[];
  readonly dropped: readonly string[];
}

/** Columns that come and go where SQLite can do it without making the table anew; undefined where it cannot. */
export function changeInPlace(from: TableShape, to: TableShape): ChangeInPlace | undefined {
  if (from.name !== to.name || from.strict !== to.strict || from.withoutRowid !== to.withoutRowid) return undefined;
  const dropped = ownColumns(from).filter(({ column }) => findColumn(to, column.name) === undefined);
  const added = ownColumns(to).filter(({ column }) => findColumn(from, column.name) === undefined);
  if (!dropped.every(canBeDropped) || !added.every(canBeAdded)) return undefined;
  if (rest(from, dropped) !== rest(to, added) || added.length + dropped.length === 0) return undefined;
  if (dropped.some(({ column }) => isNamedInExpressions(from, column.name))) return undefined;
  const table = `alter table ${sqliteText.name(from.name)}`;
  return {
    // New ones first: a table cannot lose its only column.
    steps: [
      ...added.map(({ text }) => plain(`${table} add column ${text}`)),
      ...dropped.map(({ column }) => dropColumn(from.name, column)),
    ],
    dropped: dropped.map(({ column }) => column.name),
  };
}

function dropColumn(of: string, { name, generated }: ParsedColumn): DefinitionStatement {
  const [table, column] = [sqliteText.name(of), sqliteText.name(name)];
  const statement = plain(`alter table ${table} drop column ${column}`);
  return generated === undefined ? { ...statement, loses: [{ table, column }] } : statement;
}

interface OwnColumn {
  readonly text: string;
  readonly column: ParsedColumn;
  /** The constraints written on it. */
  readonly constraints: readonly ParsedConstraint[];
}

function ownColumns({ sql }: TableShape): readonly OwnColumn[] {
  return cutTable(sql).items.flatMap(({ text, column: name }) => {
    if (name === undefined) return [];
    const { columns, constraints } = parseTable(`create table t (${text})`);
    const [column] = columns;
    return column === undefined ? [] : [{ text, column, constraints }];
  });
}

function canBeDropped({ constraints }: OwnColumn): boolean {
  return constraints.every(({ kind }) => kind === 'check');
}

function canBeAdded({ column, constraints }: OwnColumn): boolean {
  if (column.generated !== undefined) return !column.generated.stored && constraints.length === 0;
  if (constraints.some(({ kind }) => kind === 'primary-key' || kind === 'unique')) return false;
  // A check would be tried on the rows that are there, and a reference must start as null.
  const hasDefault = column.default !== undefined && !isNull(column.default);
  if (constraints.some(({ kind }) => kind === 'foreign-key') && hasDefault) return false;
  return hasDefault ? isConstant(column.default) : !column.notNull;
}

/** What both tables must have in common once the columns that come or go are left out. */
function rest(shape: TableShape, without: readonly OwnColumn[]): string {
  const gone = new Set(without.map(({ column }) => foldName(column.name)));
  const columns = shape.columns.filter(({ name }) => !gone.has(foldName(name))).map(columnValue);
  const constraints = [...constraintTexts(shape)];
  for (const text of without.flatMap((own) => own.constraints.map(canonicalConstraint)))
    constraints.splice(constraints.indexOf(text), 1);
  return canonicalJson({ columns: columns.map((column) => canonicalJson(column)).toSorted(), constraints });
}

function isNamedInExpressions({ constraints, columns }: TableShape, column: string): boolean {
  const expressions = [
    ...constraints.flatMap((constraint) =>
      constraint.kind === 'check' && foldName(constraint.column ?? '') !== foldName(column)
        ? [constraint.expression]
        : [],
    ),
    ...columns.flatMap(({ generated }) => generated?.expression ?? []),
  ];
  return expressions.some((sql) => mentions(sql, column));
}

function isNull(text: string): boolean {
  const [only, ...more] = tokenize(text).filter(({ text: sign }) => sign !== '(' && sign !== ')');
  return more.length === 0 && isWord(only, 'null');
}

const moving: ReadonlySet<string> = new Set(['current_date', 'current_time', 'current_timestamp']);

/** SQLite writes the default into the rows that are there without computing it. */
function isConstant(text: string | undefined): boolean {
  const [first, ...more] = tokenize(text ?? '');
  if (first === undefined || moving.has(first.text.toLowerCase())) return false;
  return isWord(first, '-') || isWord(first, '+') ? more.length === 1 : more.length === 0;
}
