import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Catalog } from '../model/catalog.ts';
import type { ObjectName } from '../model/object-name.ts';
import { applyChange } from './apply.ts';
import { isAlteration } from './alteration.ts';
import type { Change } from './change.ts';
import { memberBefore, objectBefore } from './find-before.ts';
import { invertAlteration } from './invert-alteration.ts';
import { invertTransition } from './invert-transition.ts';
import { isTransition } from './transition.ts';

/**
 * The change that undoes `change`, given the catalog before it. What a drop removed is taken from that catalog, so the
 * inverse makes it again in full. Throws `REVISION_IRREVERSIBLE` for raw SQL without a way down.
 */
export function invertChange(change: Change, before: Catalog): Change {
  if (isAlteration(change)) return invertAlteration(change, before);
  if (isTransition(change)) return invertTransition(change, before);
  switch (change.kind) {
    case 'create-namespace':
      return { kind: 'drop-namespace', name: change.name };
    case 'drop-namespace':
      return { kind: 'create-namespace', name: change.name };
    case 'create-enum':
      return { kind: 'drop-enum', enum: nameOf(change.enum) };
    case 'drop-enum':
      return { kind: 'create-enum', enum: objectBefore(before.enums, change.enum) };
    case 'create-sequence':
      return { kind: 'drop-sequence', sequence: nameOf(change.sequence) };
    case 'drop-sequence':
      return { kind: 'create-sequence', sequence: objectBefore(before.sequences, change.sequence) };
    case 'create-table':
      return { kind: 'drop-table', table: nameOf(change.table) };
    case 'drop-table':
      return { kind: 'create-table', table: objectBefore(before.tables, change.table) };
    case 'create-view':
      return { kind: 'drop-view', view: nameOf(change.view) };
    case 'drop-view':
      return { kind: 'create-view', view: objectBefore(before.views, change.view) };
    case 'create-raw':
      return { kind: 'drop-raw', object: change.object };
    case 'drop-raw':
      return { kind: 'create-raw', object: change.object };
    case 'add-column':
      return { kind: 'drop-column', table: change.table, column: change.column.name };
    case 'drop-column':
      return {
        kind: 'add-column',
        table: change.table,
        column: memberBefore(before, change.table, 'columns', change.column),
      };
    case 'add-unique':
      return { kind: 'drop-unique', table: change.table, name: change.unique.name };
    case 'drop-unique':
      return {
        kind: 'add-unique',
        table: change.table,
        unique: memberBefore(before, change.table, 'uniques', change.name),
      };
    case 'add-check':
      return { kind: 'drop-check', table: change.table, name: change.check.name };
    case 'drop-check':
      return {
        kind: 'add-check',
        table: change.table,
        check: memberBefore(before, change.table, 'checks', change.name),
      };
    case 'add-foreign-key':
      return { kind: 'drop-foreign-key', table: change.table, name: change.foreignKey.name };
    case 'drop-foreign-key':
      return {
        kind: 'add-foreign-key',
        table: change.table,
        foreignKey: memberBefore(before, change.table, 'foreignKeys', change.name),
      };
    case 'create-index':
      return { kind: 'drop-index', table: change.table, name: change.index.name };
    case 'drop-index':
      return {
        kind: 'create-index',
        table: change.table,
        index: memberBefore(before, change.table, 'indexes', change.name),
      };
    case 'raw-sql':
      return invertRawSql(change);
  }
}

/** The changes that undo all of `changes`, last first. */
export function invertChanges(changes: readonly Change[], before: Catalog): readonly Change[] {
  const inverses: Change[] = [];
  let catalog = before;
  for (const change of changes) {
    inverses.unshift(invertChange(change, catalog));
    catalog = applyChange(change, catalog);
  }
  return inverses;
}

function invertRawSql(change: Extract<Change, { kind: 'raw-sql' }>): Change {
  if (change.down === undefined) {
    throw new RowhouseError('REVISION_IRREVERSIBLE', 'a raw SQL change has no way down', {
      hint: 'give the change a `down`, or give the revision a `down` list',
    });
  }
  return { kind: 'raw-sql', up: change.down, down: change.up };
}

function nameOf({ namespace, name }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}
