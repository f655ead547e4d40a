import type { Table } from '../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Flavor } from '../flavor.ts';
import { refuse, refuseName, refuseSupplementary } from '../refuse.ts';
import { mysqlText } from '../text.ts';
import { printColumn } from './column.ts';
import { notNullCheck, printCheck, printForeignKey, printPrimaryKey, printUnique } from './constraint.ts';
import { making, type DefinitionContext } from './context.ts';
import { sharedIndexes } from './foreign-key-index.ts';
import { printIndex } from './table-index.ts';

/** The one statement that makes a table with everything in it: it is there in full or not at all. */
export function createTable(table: Table, context: DefinitionContext): DefinitionStatement {
  refuseName(table);
  refuseSupplementary(table, undefined, [table.comment ?? '']);
  refuseIdentity(table);
  const indexes = table.indexes.map((index) => printIndex(index, table, context));
  const checks = [...table.checks, ...table.columns.flatMap((column) => notNullCheck(column, table, context))];
  const members = [
    ...table.columns.map((column) => printColumn(column, table, context)),
    ...indexes.flatMap(({ columns }) => columns),
    ...(table.primaryKey === undefined ? [] : [printPrimaryKey(table.primaryKey, table)]),
    ...table.uniques.map((unique) => printUnique(unique, table)),
    ...indexes.map(({ definition }) => definition),
    ...sharedIndexes(table, context.flavor),
    ...table.foreignKeys.map((foreignKey) => printForeignKey(foreignKey, table)),
    ...checks.map((check) => printCheck(check, table, context)),
  ];
  const sql = `create table ${mysqlText.name(table.name)} (\n  ${members.join(',\n  ')}\n) ${tableOptions(table, context.flavor)}`;
  return making(sql, { kind: 'table', name: table.name });
}

/**
 * The options of `create table` that a catalog may carry, each with what a table has that does not say it; options of
 * other engines mean nothing here.
 */
const knownOptions: Readonly<Record<string, string>> = {
  avg_row_length: '0',
  checksum: '0',
  compression: "''",
  delay_key_write: '0',
  encrypted: 'default',
  encryption: "'N'",
  encryption_key_id: 'default',
  key_block_size: '0',
  max_rows: '0',
  min_rows: '0',
  pack_keys: 'default',
  page_checksum: '0',
  page_compressed: '0',
  page_compression_level: 'default',
  row_format: 'default',
  stats_auto_recalc: 'default',
  stats_persistent: 'default',
  stats_sample_pages: 'default',
  transactional: '0',
};

/** The clauses of `alter table` that make the options of `from` those of `to`. */
export function changedOptions(from: Table, to: Table, flavor: Flavor): readonly string[] {
  const [old, next] = [from.options ?? {}, to.options ?? {}];
  const isOther = (name: string): boolean => old[name] !== next[name];
  return [
    ...(isOther('engine') ? [`engine=${wordOf(next['engine'] ?? 'InnoDB')}`] : []),
    ...(isOther('collation') ? [`collate=${wordOf(next['collation'] ?? flavor.collation)}`] : []),
    ...Object.entries(knownOptions)
      .filter(([name]) => isOther(name))
      .map(([name, standard]) => `${name}=${next[name] === undefined ? standard : wordOf(next[name])}`),
  ];
}

function tableOptions(table: Table, flavor: Flavor): string {
  const { engine = 'InnoDB', collation, ...others } = table.options ?? {};
  const start = table.columns.find(({ identity }) => identity?.start !== undefined)?.identity?.start;
  return [
    `engine=${wordOf(engine)}`,
    collation === undefined ? `default charset=utf8mb4 collate=${flavor.collation}` : `collate=${wordOf(collation)}`,
    ...(start === undefined ? [] : [`auto_increment=${wordOf(start)}`]),
    ...Object.entries(others)
      .filter(([name]) => name in knownOptions)
      .map(([name, value]) => `${name}=${wordOf(value)}`),
    ...(table.comment === undefined ? [] : [`comment=${mysqlText.literal(table.comment)}`]),
  ].join(' ');
}

/** A word or number of the server's language; anything else becomes a text constant. */
function wordOf(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  const text = String(value);
  return /^\w+$/.test(text) ? text : mysqlText.literal(text);
}

function refuseIdentity(table: Table): void {
  const [first, second] = table.columns.filter(({ identity }) => identity !== undefined);
  if (second !== undefined)
    throw refuse(table, second.name, 'a table has at most one identity column', 'number the column in another way');
  const isKey = [
    table.primaryKey?.columns[0],
    ...table.uniques.map(({ columns }) => columns[0]),
    ...table.indexes.map(({ keys }) => keys[0]?.column),
  ].includes(first?.name);
  if (first !== undefined && !isKey)
    throw refuse(table, first.name, 'an identity column must come first in a key', 'make it the primary key');
}
