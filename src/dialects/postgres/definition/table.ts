import type { Table } from '../../../catalog/model/table.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionServer } from './server.ts';
import { capabilityMissing, newName, newQualified, postgresText, qualified } from '../text.ts';
import { columnDefinition, columnExtras } from './column.ts';
import { commentText } from './comment.ts';
import { placeTexts, splitOptions, switchTexts } from './table-switches.ts';
import { checkDefinition, foreignKeyDefinition, primaryKeyDefinition, uniqueDefinition } from './constraint.ts';
import { createIndex } from './index-definition.ts';

/** A table with its constraints, then its indexes and comments. */
export function createTable(table: Table, server: DefinitionServer): readonly string[] {
  const lines = [
    ...table.columns.map((column) => columnDefinition(table, column, server)),
    ...(table.primaryKey === undefined ? [] : [primaryKeyDefinition(table.primaryKey)]),
    ...table.uniques.map(uniqueDefinition),
    ...table.checks.map(checkDefinition),
    ...table.foreignKeys.map(foreignKeyDefinition),
  ];
  const { switches, placement, storage } = splitOptions(table.options ?? {});
  const settings = storageSettings(table, storage);
  return [
    [
      `create ${switches.unlogged === true ? 'unlogged ' : ''}table ${newQualified(table)} (${lines.join(', ')})`,
      ...placeTexts(placement),
      ...(settings === '' ? [] : [`with (${settings})`]),
      ...(placement.tablespace === undefined ? [] : [`tablespace ${newName(placement.tablespace)}`]),
    ].join(' '),
    ...table.indexes.flatMap((index) => createIndex(table, index)),
    ...switchTexts(table, {}, switches),
    ...commentText(`table ${qualified(table)}`, table.comment),
    ...table.columns.flatMap((column) => columnExtras(table, column)),
  ];
}

/** The storage parameters of a table, as they stand in parentheses behind `with` and `set`; empty where there are none. */
export function storageSettings(table: ObjectName, options: NonNullable<Table['options']>): string {
  const entries = Object.entries(options);
  for (const [name] of entries) {
    if (isStorageOption(name)) continue;
    throw capabilityMissing(table, `there is no table option ${name}`, 'leave it out for postgresql');
  }
  return entries.map(([name, value]) => `${name} = ${postgresText.literal(String(value))}`).join(', ');
}

function isStorageOption(name: string): boolean {
  return /^(?:toast\.)?[a-z_]+$/.test(name);
}
