import type { Unique } from '../../../catalog/model/constraint.ts';
import type { Table } from '../../../catalog/model/table.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { DefinitionServer } from './server.ts';
import { capabilityMissing, newName, newQualified, postgresText, qualified } from '../text.ts';
import { columnDefinition, columnExtras } from './column.ts';
import { commentText } from './comment.ts';
import { placeTexts, splitOptions, switchTexts } from './table-switches.ts';
import { checkDefinition, foreignKeyDefinition, primaryKeyDefinition, uniqueDefinition } from './constraint.ts';
import { createIndex } from './index-definition.ts';

/** A table with its constraints, then its indexes and comments. */
export function createTable(table: Table, server: DefinitionServer): readonly string[] {
  const { own, again } = splitEqual(table);
  const lines = [
    ...table.columns.map((column) => columnDefinition(table, column, server)),
    ...(table.primaryKey === undefined ? [] : [primaryKeyDefinition(table.primaryKey)]),
    ...own.map(uniqueDefinition),
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
    ...again.map((unique) => `alter table ${qualified(table)} add ${uniqueDefinition(unique)}`),
    ...table.indexes.flatMap((index) => createIndex(table, index)),
    ...switchTexts(table, {}, switches),
    ...commentText(`table ${qualified(table)}`, table.comment),
    ...table.columns.flatMap((column) => columnExtras(table, column)),
  ];
}

interface SplitUniques {
  readonly own: readonly Unique[];
  readonly again: readonly Unique[];
}

/** Of keys that differ in their names alone, the server makes one when they come with their table. */
function splitEqual({ primaryKey, uniques }: Table): SplitUniques {
  const keyOf = ({ columns, nullsNotDistinct = false, deferrable }: Omit<Unique, 'name'>): string =>
    canonicalJson([columns, nullsNotDistinct, deferrable ?? null]);
  const seen = new Set(primaryKey === undefined ? [] : [keyOf(primaryKey)]);
  const [own, again]: [Unique[], Unique[]] = [[], []];
  for (const unique of uniques) {
    (seen.has(keyOf(unique)) ? again : own).push(unique);
    seen.add(keyOf(unique));
  }
  return { own, again };
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
