import type { Table } from '../../../catalog/model/table.ts';
import type { DefinitionServer } from './server.ts';
import { capabilityMissing, newQualified, postgresText, qualified } from '../text.ts';
import { columnComment, columnDefinition } from './column.ts';
import { commentText } from './comment.ts';
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
  const { unlogged = false, ...storage } = table.options ?? {};
  return [
    `create ${unlogged === true ? 'unlogged ' : ''}table ${newQualified(table)} (${lines.join(', ')})${storageText(table, storage)}`,
    ...table.indexes.flatMap((index) => createIndex(table, index)),
    ...commentText(`table ${qualified(table)}`, table.comment),
    ...table.columns.flatMap((column) => columnComment(table, column)),
  ];
}

const storageOption = /^(?:toast\.)?[a-z_]+$/;

function storageText(table: Table, options: NonNullable<Table['options']>): string {
  const entries = Object.entries(options);
  for (const [name] of entries) {
    if (storageOption.test(name)) continue;
    throw capabilityMissing(table, `there is no table option ${name}`, 'leave it out for postgresql');
  }
  const settings = entries.map(([name, value]) => `${name} = ${postgresText.literal(String(value))}`);
  return settings.length === 0 ? '' : ` with (${settings.join(', ')})`;
}
