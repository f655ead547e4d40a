import type { Transition } from '../../../../catalog/change/transition.ts';
import { findTable } from '../../../../catalog/model/catalog.ts';
import { findColumn } from '../../../../catalog/model/table.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import { parkingTable } from '../../parking.ts';
import { sqliteText } from '../../text.ts';
import { alter, dropColumn } from '../alter-table.ts';
import type { SqliteTransitionContext } from '../transition.ts';
import { parkedValues } from './parked-values.ts';

/** The values in a table of their own, then the column dropped. A generated column has nothing to keep. */
export function parkColumn(
  { table: name, column, mark }: Extract<Transition, { kind: 'park-column' }>,
  { before }: SqliteTransitionContext,
): readonly DefinitionStatement[] {
  const dropped = plain(dropColumn(name, column, before));
  const table = findTable(before, name);
  if (table === undefined || findColumn(table, column)?.generated !== undefined) return [dropped];
  const parked = parkedValues(table, column, mark);
  const keys = parked.keys.map((_, place) => `key_${place}`).join(', ');
  return [
    plain(`create table ${parked.table} (${keys}, value, primary key (${keys})) without rowid`),
    {
      ...plain(
        `insert into ${parked.table} select ${parked.keys.join(', ')}, ${sqliteText.name(column)} from ${sqliteText.name(name.name)}`,
      ),
      note: `copies the values of ${name.name}.${column}`,
    },
    dropped,
  ];
}

/** The table under another name. Names of indexes are taken for the whole database, so they are made again on the way back. */
export function parkTable(
  change: Extract<Transition, { kind: 'park-table' }>,
  { before }: SqliteTransitionContext,
): readonly DefinitionStatement[] {
  const indexes = findTable(before, change.table)?.indexes ?? [];
  return [
    ...indexes.map(({ name }) => plain(`drop index ${sqliteText.name(name)}`)),
    plain(`${alter(change.table)} rename to ${sqliteText.name(parkingTable(change))}`),
  ];
}

function plain(sql: string): DefinitionStatement {
  return { sql, transactional: true };
}
