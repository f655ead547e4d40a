import { onClause, onColumn } from '../../../dialect/lint/each.ts';
import type { LintRule } from '../../../dialect/lint/rule.ts';

/** What ADD COLUMN cannot do. */
export const addColumnRefused: LintRule = {
  code: 'add-column-refused',
  severity: 'error',
  title: 'a column is added that SQLite cannot add',
  why: 'ADD COLUMN refuses PRIMARY KEY, UNIQUE, stored generated columns, defaults that are not constant, and NOT NULL without a default.',
  hint: 'rebuild the table: make a new one, copy, drop the old one, rename',
  bad: 'alter table invoice add column code text unique;',
  good: 'alter table invoice add column code text;\ncreate unique index invoice_code on invoice (code);',
  judge: onClause(['add-column'], ({ column }, { table }) => {
    const refused = [
      column.primaryKey && 'PRIMARY KEY',
      column.unique && 'UNIQUE',
      column.generated === 'stored' && 'STORED',
      isMoving(column.default) && 'a default that is not constant',
      column.notNull &&
        (column.default === undefined || column.default[0]?.text === 'null') &&
        column.generated === undefined &&
        'NOT NULL without a default',
    ].find((what) => what !== false);
    return refused === undefined ? undefined : `${table.name}.${column.name} cannot be added with ${refused}`;
  }),
};

function isMoving(words: readonly { readonly text: string }[] = []): boolean {
  const [first] = words;
  return first !== undefined && (first.text === '(' || /^current_(?:time|date|timestamp)$/.test(first.text));
}

/** A column that takes anything. */
export const columnWithoutType: LintRule = {
  code: 'column-without-type',
  severity: 'advice',
  title: 'a column has no type',
  why: 'It takes values of any kind as they come: 1 and the text 1 stand side by side and are not equal.',
  hint: 'give each column a type, and the table STRICT',
  bad: 'create table invoice (id integer primary key, total);',
  good: 'create table invoice (id integer primary key, total integer) strict;',
  judge: onColumn(({ name, type, generated }) =>
    type.name === '' && generated === undefined ? `column ${name} has no type` : undefined,
  ),
};

/** A counter that nobody needs. */
export const autoincrementNeedless: LintRule = {
  code: 'autoincrement-needless',
  severity: 'advice',
  title: 'a key is AUTOINCREMENT',
  why: 'integer primary key numbers rows by itself. AUTOINCREMENT only adds that no number ever comes twice, and writes a second table for each insert.',
  hint: 'leave it out, unless numbers of deleted rows must never come again',
  bad: 'create table invoice (id integer primary key autoincrement);',
  good: 'create table invoice (id integer primary key);',
  judge: onColumn(({ name, autoIncrement }) => (autoIncrement ? `column ${name} is AUTOINCREMENT` : undefined)),
};

/** A key that is NULL. */
export const nullableKey: LintRule = {
  code: 'nullable-primary-key',
  severity: 'warning',
  title: 'a primary key may hold NULL',
  why: 'By an old mistake that is kept for old files, a key that is not integer primary key takes NULL, more than once.',
  hint: 'write NOT NULL, or make the table STRICT or WITHOUT ROWID',
  bad: 'create table invoice (code text primary key);',
  good: 'create table invoice (code text primary key not null);',
  judge: ({ action }) => {
    if (action.kind !== 'create-table') return [];
    if (action.options.some(({ text }) => ['strict', 'without'].includes(text))) return [];
    return action.columns
      .filter(({ primaryKey, notNull, type }) => primaryKey && !notNull && type.name !== 'integer')
      .map(({ name, at }) => ({ message: `the key ${name} may hold NULL`, at }));
  },
};
