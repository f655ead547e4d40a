import type { Change } from '../../catalog/change/change.ts';
import { findEnum, findTable, type Catalog } from '../../catalog/model/catalog.ts';
import type { Column } from '../../catalog/model/column.ts';
import { displayName, sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import { findColumn, type Table } from '../../catalog/model/table.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { aliasOf } from './alias-of.ts';
import { addBeside } from './column-move.ts';
import { mergeValues } from './merge-values.ts';
import { isNarrower } from './narrower.ts';

/** The catalogs around one change of a revision that is split. */
export interface Split {
  /** What was there before the revision. */
  readonly before: Catalog;
  /** What is there after the part of it that expand has made so far. */
  readonly live: Catalog;
  /** What is to be there in the end. */
  readonly target: Catalog;
  /** Columns that have two names for a while, as `table.column` with their new one. */
  readonly moved: ReadonlySet<string>;
  /** The name under which old code knows a table, by its new one. */
  readonly oldNames: ReadonlyMap<string, ObjectName>;
}

/** What a change means while old code runs too: all of it, a part, or nothing yet. */
export function expandChange(change: Change, split: Split): readonly Change[] {
  switch (change.kind) {
    case 'rename-column': {
      const { table, column: from, to } = change;
      return [addBeside({ table, from, to }, split.live)];
    }
    case 'rename-table':
      return [change, { kind: 'alias-table', ...aliasOf(change, split.live) }];
    case 'rename-view':
      return split.live.views
        .filter((view) => sameName(view, change.view))
        .map((view): Change => ({ kind: 'create-view', view: { ...view, name: change.to } }));
    case 'move-object':
      if (change.of === 'enum' || change.of === 'sequence') return [change];
      throw new RowhouseError(
        'PLAN_REFUSED',
        `${displayName(change.object)} cannot be in another namespace while old code uses it`,
        {
          details: { object: displayName(change.object), to: displayName(change.to) },
          hint: 'move it in a revision of its own while no old code runs; leave --phased out',
        },
      );
    case 'rename-enum-value':
      throw new RowhouseError(
        'PLAN_REFUSED',
        `${displayName(change.enum)}.${change.value} cannot be renamed while old code writes it`,
        {
          details: { enum: displayName(change.enum), value: change.value, to: change.to },
          hint: 'add the new value now, and drop the old one in a later revision; or leave --phased out',
        },
      );
    case 'add-column':
      return [{ ...change, column: mayBeLeftOut(change.column) }];
    case 'drop-column':
    case 'park-column':
      return leaveOut(change.table, change.column, split.live);
    case 'alter-column':
      return alterForBoth(change, split);
    case 'alter-enum': {
      const old = findEnum(split.live, change.enum);
      const values = mergeValues(old?.values ?? [], change.enum.values);
      const grows = old !== undefined && values.length > old.values.length;
      return grows ? [{ kind: 'alter-enum', enum: { ...change.enum, values } }] : [];
    }
    case 'drop-view':
    case 'create-view':
      return viewForBoth(change, split);
    case 'drop-table':
    case 'park-table':
    case 'drop-enum':
    case 'drop-sequence':
    case 'drop-namespace':
      return [];
    // What takes the place of another under its name cannot stand beside it.
    case 'drop-raw':
      return split.target.raw.some((raw) => raw.type === change.object.type && sameName(raw, change.object))
        ? [change]
        : [];
    case 'drop-unique':
    case 'drop-check':
    case 'drop-index':
    case 'drop-foreign-key':
      return goesWithItsColumns(change, split) ? [] : [change];
    case 'alter-unique':
      return touchesMoved(change.table, change.unique.columns, split) ? [] : [change];
    case 'alter-index':
      return touchesMoved(
        change.table,
        change.index.keys.flatMap(({ column }) => column ?? []),
        split,
      )
        ? []
        : [change];
    case 'add-check':
    case 'alter-check':
      return hasOldRowsOf(change.table, split) ? [] : [change];
    case 'add-foreign-key':
    case 'alter-foreign-key':
      return onlyOldColumns(change.table, change.foreignKey.columns, split) ? [] : [change];
    case 'create-namespace':
    case 'create-enum':
    case 'create-sequence':
    case 'create-table':
    case 'create-raw':
    case 'create-index':
    case 'add-unique':
    case 'rename-index':
    case 'rename-constraint':
    case 'rename-enum':
    case 'rename-sequence':
    case 'set-primary-key':
    case 'set-table-comment':
    case 'set-table-options':
    case 'alter-sequence':
    case 'alter-view':
    case 'alter-raw':
    case 'restore-column':
    case 'restore-table':
    case 'keep-in-step':
    case 'stop-in-step':
    case 'alias-table':
    case 'drop-alias':
    case 'backfill':
    case 'keep-values':
    case 'raw-sql':
      return [change];
  }
}

/** Code that does not know the column leaves it out. */
function mayBeLeftOut(column: Column): Column {
  const isFilled = column.default !== undefined || column.generated !== undefined || column.identity !== undefined;
  return isFilled ? column : { ...column, nullable: true };
}

/** New code leaves the column out, old code goes on with it. */
function leaveOut(table: ObjectName, name: string, live: Catalog): readonly Change[] {
  const owner = findTable(live, table);
  const column = owner && findColumn(owner, name);
  if (column === undefined || owner?.primaryKey?.columns.includes(name) === true) return [];
  const relaxed = mayBeLeftOut(column);
  return relaxed.nullable === column.nullable ? [] : [{ kind: 'alter-column', table, column: relaxed }];
}

/** A rule that gets stricter waits; one that gets looser, and a type with more room, is what new code needs. */
function alterForBoth(change: Extract<Change, { kind: 'alter-column' }>, { live, moved }: Split): readonly Change[] {
  const { table, column: wanted } = change;
  const owner = findTable(live, table);
  const now = owner && findColumn(owner, wanted.name);
  if (now === undefined || isNarrower(now, wanted)) return [];
  const nullable = wanted.nullable || now.nullable;
  if (!moved.has(`${displayName(table)}.${wanted.name}`)) return [{ ...change, column: { ...wanted, nullable } }];
  const { default: _, ...plain } = wanted;
  return [{ ...change, column: { ...plain, nullable: true } }];
}

/** A view that only gains columns gains them now; one that loses some waits, and so does one that goes. */
function viewForBoth(
  change: Extract<Change, { kind: 'drop-view' | 'create-view' }>,
  { before, live, target }: Split,
): readonly Change[] {
  const name = change.view;
  const [old, wanted] = [before, target].map(({ views }) => views.find((view) => sameName(view, name)));
  if (wanted === undefined) return [];
  if (old === undefined) return [change];
  const keepsAll = old.columns.every((column) => wanted.columns.some((other) => other.name === column.name));
  if (!keepsAll) return [];
  const isGone = !live.views.some((view) => sameName(view, name));
  return change.kind === 'drop-view' || isGone ? [change] : [];
}

type DropMember = Extract<Change, { kind: 'drop-unique' | 'drop-check' | 'drop-index' | 'drop-foreign-key' }>;

/** What stands on a column that old code uses stays as long as the column. */
function goesWithItsColumns(change: DropMember, { live, target }: Split): boolean {
  const [owner, after] = [findTable(live, change.table), findTable(target, change.table)];
  if (owner === undefined) return false;
  if (after === undefined) return true;
  return columnsOf(change, owner).some((name) => findColumn(after, name) === undefined);
}

function columnsOf({ kind, name }: DropMember, { uniques, indexes, foreignKeys }: Table): readonly string[] {
  switch (kind) {
    case 'drop-unique':
      return uniques.find((unique) => unique.name === name)?.columns ?? [];
    case 'drop-index':
      return (indexes.find((index) => index.name === name)?.keys ?? []).flatMap(({ column }) => column ?? []);
    case 'drop-foreign-key':
      return foreignKeys.find((key) => key.name === name)?.columns ?? [];
    case 'drop-check':
      return [];
  }
}

function touchesMoved(table: ObjectName, columns: readonly string[], { moved }: Split): boolean {
  return columns.some((column) => moved.has(`${displayName(table)}.${column}`));
}

/** Old code may write rows that the check refuses. */
function hasOldRowsOf(table: ObjectName, split: Split): boolean {
  return oldTable(table, split) !== undefined;
}

function onlyOldColumns(table: ObjectName, columns: readonly string[], split: Split): boolean {
  const old = oldTable(table, split);
  return (
    old !== undefined &&
    columns.every((name) => findColumn(old, name) !== undefined || touchesMoved(table, [name], split))
  );
}

/** The table as old code knows it; undefined where it is new. */
function oldTable(table: ObjectName, { before, oldNames }: Split): Table | undefined {
  return findTable(before, oldNames.get(displayName(table)) ?? table);
}
