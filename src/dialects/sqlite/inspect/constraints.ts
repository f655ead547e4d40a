import type { Check, ForeignKey, PrimaryKey, Unique } from '../../../catalog/model/constraint.ts';
import { textExpression } from '../../../catalog/model/expression.ts';
import { sqliteText } from '../text.ts';
import type { ParsedConstraint, ParsedForeignKey, ParsedKey } from './parse-constraint.ts';
import { uniqueName } from './unique-name.ts';

/** Finds the spelling in which a table or column was declared: names are the same to SQLite whatever their case. */
export interface Names {
  table(name: string): string;
  column(table: string, name: string): string;
  primaryKey(table: string): readonly string[];
}

export interface Constraints {
  readonly primaryKey?: PrimaryKey;
  readonly uniques: readonly Unique[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  /** What the model has no place for, by table option. */
  readonly options: Readonly<Record<string, string | boolean>>;
}

/** The constraints of a table. One without a name gets the name that PostgreSQL would give it. */
export function buildConstraints(table: string, parsed: readonly ParsedConstraint[], names: Names): Constraints {
  const taken = new Set(parsed.flatMap(({ name }) => (name === undefined ? [] : [name])));
  const seen = new Set<string>();
  // Two constraints may even have been given the same name.
  const nameOf = (given: string | undefined, derived: string): string =>
    given === undefined ? uniqueName(derived, taken) : uniqueName(given, seen);
  const columnsOf = (key: ParsedKey): readonly string[] =>
    key.terms.map((term) => names.column(table, term.name ?? term.text));
  const primaryKey = parsed.find((constraint) => constraint.kind === 'primary-key');
  const uniques = parsed
    .filter((constraint) => constraint.kind === 'unique')
    .map((key) => ({ key, columns: columnsOf(key) }))
    .map(({ key, columns }) => ({ key, columns, name: nameOf(key.name, `${table}_${columns.join('_')}_key`) }));
  const checks = parsed
    .filter((constraint) => constraint.kind === 'check')
    .map(({ name: given, column, expression }) => {
      const name = nameOf(given, column === undefined ? `${table}_check` : `${table}_${column}_check`);
      return { given, name, expression: textExpression(expression) };
    });
  return {
    ...(primaryKey === undefined
      ? {}
      : { primaryKey: { ...nameMember(primaryKey.name), columns: columnsOf(primaryKey) } }),
    uniques: uniques.map(({ name, columns }) => ({ name, columns })),
    foreignKeys: parsed
      .filter((constraint) => constraint.kind === 'foreign-key')
      .map((key) => buildForeignKey(table, key, names, nameOf)),
    checks: checks.map(({ name, expression }) => ({ name, expression })),
    options: Object.assign(
      {},
      primaryKey === undefined ? {} : keyOptions('primary key', primaryKey),
      ...uniques.map(({ name, key }) => keyOptions(name, key)),
      // A name given here is none that SQLite could find the check by.
      ...checks.map(({ given, name }) => (given === undefined ? { [`unnamed ${name}`]: true } : {})),
    ) as Record<string, string | boolean>,
  };
}

function buildForeignKey(
  table: string,
  key: ParsedForeignKey,
  names: Names,
  nameOf: (given: string | undefined, derived: string) => string,
): ForeignKey {
  const columns = key.columns.map((column) => names.column(table, column));
  const target = names.table(key.table);
  const references = key.references.map((column) => names.column(target, column));
  return {
    name: nameOf(key.name, `${table}_${columns.join('_')}_fkey`),
    columns,
    references: { name: target, columns: references.length === 0 ? names.primaryKey(target) : references },
    onDelete: key.onDelete,
    onUpdate: key.onUpdate,
    ...(key.deferrable === undefined ? {} : { deferrable: key.deferrable }),
  };
}

function keyOptions(constraint: string, key: ParsedKey): Readonly<Record<string, string>> {
  const isPlain = key.terms.every((term) => !term.descending && term.collation === undefined);
  return {
    ...(key.conflict === undefined ? {} : { [`conflict ${constraint}`]: key.conflict }),
    ...(isPlain ? {} : { [`key ${constraint}`]: key.terms.map(termText).join(', ') }),
  };
}

function termText(term: ParsedKey['terms'][number]): string {
  const collation = term.collation === undefined ? '' : ` collate ${sqliteText.name(term.collation)}`;
  return `${sqliteText.name(term.name ?? term.text)}${collation}${term.descending ? ' desc' : ''}`;
}

function nameMember(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}
