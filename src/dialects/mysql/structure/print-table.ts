import { mysqlText } from '../text.ts';
import type { CheckShape, ColumnShape, ForeignKeyShape, FrameShape, IndexShape, TableShape } from './table-shape.ts';

/** `create table` as the server prints it, letter by letter. */
export function printTable(table: TableShape): string {
  return printWith(table, ({ name, parts }) => [mysqlText.name(name), ...Object.values(parts)].join(' '));
}

/** `create table` that makes the table. */
export function printCreateTable(table: TableShape): string {
  return printWith(table, printColumn);
}

function printWith(table: TableShape, columnText: (column: ColumnShape) => string): string {
  const periods = Object.values(table.frame.periods);
  const members = [
    ...table.columns.map(columnText),
    ...periods.filter((period) => !isSystemPeriod(period)),
    ...table.indexes.map(printIndex),
    ...periods.filter(isSystemPeriod),
    ...table.foreignKeys.map(printForeignKey),
    ...table.checks.map(printCheck),
  ];
  const body = members.map((member) => `  ${member}`).join(',\n');
  return `CREATE TABLE ${mysqlText.name(table.name)} (\n${body}\n)${printFrame(table.frame)}`;
}

/**
 * A column with its whole definition. A collation without a character set is told of columns that have the table's;
 * written, it would be the column's own.
 */
export function printColumn({ name, parts }: ColumnShape): string {
  const { collate: _inherited, ...rest } = parts;
  return [mysqlText.name(name), ...Object.values(parts.characterSet === undefined ? rest : parts)].join(' ');
}

/** An index as a part of `create table`, or after `add`. */
export function printIndex({ name, method, columns, options, unused }: IndexShape): string {
  const named = method === 'PRIMARY KEY' ? method : `${method} ${mysqlText.name(name)}`;
  return `${named} ${columns}${options}${unused}`;
}

/** A foreign key as a part of `create table`, or after `add`. */
export function printForeignKey({ name, columns, database, table, referenced, rules }: ForeignKeyShape): string {
  const target = `${database === '' ? '' : `${mysqlText.name(database)}.`}${mysqlText.name(table)}`;
  return `CONSTRAINT ${mysqlText.name(name)} FOREIGN KEY ${columns} REFERENCES ${target} ${referenced}${rules}`;
}

/** A check as a part of `create table`, or after `add`. */
export function printCheck({ name, expression, enforcement }: CheckShape): string {
  return `CONSTRAINT ${mysqlText.name(name)} CHECK ${expression}${enforcement}`;
}

function printFrame({ options, versioned, partitioning }: FrameShape): string {
  const texts = Object.values(options).map((option) => ` ${option}`);
  return `${texts.join('')}${versioned ? ' WITH SYSTEM VERSIONING' : ''}${partitioning}`;
}

function isSystemPeriod(text: string): boolean {
  return text.startsWith('PERIOD FOR SYSTEM_TIME ');
}
