import { applyChange, applyChanges } from '../../catalog/change/apply.ts';
import type { Change } from '../../catalog/change/change.ts';
import { diffCatalogs } from '../../catalog/diff/diff-catalogs.ts';
import { dropReader, needs, readersOf, sameReader } from '../../catalog/diff/reader.ts';
import { same } from '../../catalog/diff/same.ts';
import type { Catalog } from '../../catalog/model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { keepBoth, letGo, settle, type ColumnMove } from './column-move.ts';
import { aliasOf } from './alias-of.ts';
import { expandChange } from './expand-change.ts';
import { addStandIns, takePlaces } from './stand-ins.ts';

/** The changes of a revision by when they are made. Both together make what the revision makes. */
export interface Phases {
  /** Made while old code runs, and before new code does. */
  readonly expand: readonly Change[];
  /** Made once no old code runs any more. Empty: nothing has to wait. */
  readonly contract: readonly Change[];
}

/**
 * Divides the changes that lead on from `before`, so that old and new code can run at the same time between the two
 * parts. `PLAN_REFUSED` names what cannot be divided.
 *
 * @example
 * ```ts
 * const { expand, contract } = splitPhases(diffCatalogs(before, catalogOf(schema)), before);
 * ```
 */
export function splitPhases(changes: readonly Change[], before: Catalog): Phases {
  const target = applyChanges(changes, before);
  try {
    const { expand, live, renames } = expandAll(changes, before, target);
    return { expand, contract: contractAll(changes, live, target, renames) };
  } catch (error) {
    if (!RowhouseError.has(error, 'CHANGE_INVALID')) throw error;
    throw new RowhouseError('PLAN_REFUSED', `these changes cannot be made in two phases: ${error.message}`, {
      details: error.details,
      hint: 'make two revisions of them, or leave --phased out',
      cause: error,
    });
  }
}

/** What has two names between the phases. */
interface Renames {
  readonly columns: readonly ColumnMove[];
  readonly tables: readonly Alias[];
}

/** A renamed table, with the columns that its old name goes on with. */
type Alias = Omit<Extract<Change, { kind: 'alias-table' }>, 'kind'>;

interface Expanded {
  readonly expand: readonly Change[];
  readonly live: Catalog;
  readonly renames: Renames;
}

function expandAll(changes: readonly Change[], before: Catalog, target: Catalog): Expanded {
  const renames = renamesIn(changes, before);
  const moved = new Set(renames.columns.map(({ table, to }) => `${displayName(table)}.${to}`));
  const oldNames = new Map(renames.tables.map(({ table, alias }) => [displayName(table), { ...table, name: alias }]));
  const expand: Change[] = [];
  let live = before;
  const add = (made: readonly Change[]): void => {
    expand.push(...made);
    live = applyChanges(made, live);
  };
  for (const change of changes) add(expandChange(change, { before, live, target, moved, oldNames }));
  for (const table of tablesOf(renames.columns)) add(addStandIns(table, live, target));
  for (const move of renames.columns) add(keepBoth(move));
  return { expand, live, renames };
}

/** First what old code alone used; then whatever else still differs from what is wanted. */
function contractAll(
  changes: readonly Change[],
  start: Catalog,
  target: Catalog,
  { columns, tables }: Renames,
): readonly Change[] {
  const contract: Change[] = [];
  let live = start;
  const add = (made: readonly Change[]): void => {
    for (const change of made) {
      contract.push(change);
      live = applyChange(change, live);
    }
  };
  add(tables.map((alias): Change => ({ kind: 'drop-alias', ...alias })));
  add(goneReaders(live, target));
  if (columns.length > 0) add(changedViews(live, target));
  for (const move of columns) add(settle(move, live, target));
  for (const table of tablesOf(columns)) add(takePlaces(table, live, target));
  for (const move of columns) add(letGo(move, live));
  add(parked(diffCatalogs(live, target, { renames: [], drops: everyName(live) }), changes));
  return contract;
}

function renamesIn(changes: readonly Change[], before: Catalog): Renames {
  return {
    columns: changes.flatMap((change) =>
      change.kind === 'rename-column' ? [{ table: change.table, from: change.column, to: change.to }] : [],
    ),
    tables: changes.flatMap((change) => (change.kind === 'rename-table' ? [aliasOf(change, before)] : [])),
  };
}

function tablesOf(moves: readonly ColumnMove[]): readonly ObjectName[] {
  return moves
    .map(({ table }) => table)
    .filter((table, position, all) => all.findIndex((other) => sameName(other, table)) === position);
}

/** What reads tables and is to go, goes before the columns that it reads; not while something that stays needs it. */
function goneReaders(live: Catalog, target: Catalog): readonly Change[] {
  const [now, wanted] = [readersOf(live), readersOf(target)];
  const stays = now.filter((reader) => wanted.some((other) => sameReader(other, reader)));
  return now
    .filter((reader) => !stays.includes(reader) && !stays.some((other) => needs(other, reader)))
    .toReversed()
    .map(dropReader);
}

/** Views that read a column which goes must read the new one first. */
function changedViews(live: Catalog, target: Catalog): readonly Change[] {
  return target.views
    .filter((view) => live.views.some((other) => sameName(other, view) && !same(other, view)))
    .map((view): Change => ({ kind: 'alter-view', view }));
}

/** What was to be parked is parked, now that its time has come. */
function parked(made: readonly Change[], changes: readonly Change[]): readonly Change[] {
  return made.map((change): Change => {
    if (change.kind === 'drop-column') {
      const { table, column } = change;
      const parking = changes.find(
        (other) => other.kind === 'park-column' && other.column === column && sameName(other.table, table),
      );
      return parking ?? change;
    }
    if (change.kind !== 'drop-table') return change;
    const { table } = change;
    return changes.find((other) => other.kind === 'park-table' && sameName(other.table, table)) ?? change;
  });
}

/** Everything that goes is meant to: what has another name now was found before. */
function everyName({ tables, enums, views }: Catalog): readonly string[] {
  return [
    ...[...tables, ...enums, ...views].map((object) => displayName(object)),
    ...tables.flatMap((table) => table.columns.map(({ name }) => `${displayName(table)}.${name}`)),
    ...enums.flatMap((type) => type.values.map((value) => `${displayName(type)}.${value}`)),
  ];
}
