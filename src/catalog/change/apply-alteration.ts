import type { Catalog } from '../model/catalog.ts';
import { displayName } from '../model/object-name.ts';
import type { RawObject } from '../model/raw-object.ts';
import type { Table } from '../model/table.ts';
import type { Alteration } from './alteration.ts';
import { alreadyThere, notThere } from './change-errors.ts';
import { moveObject } from './move-object.ts';
import { renameColumn } from './rename-column.ts';
import { renameTable, renameView } from './rename-relation.ts';
import { renameSequence } from './rename-sequence.ts';
import { renameEnum, renameEnumValue } from './rename-type.ts';
import { renameMember, replaceMember, replaceObject, replaceTable } from './replace.ts';
import { sameRaw } from './same-raw.ts';

/** The catalog after an alteration. Throws `CHANGE_INVALID` when what it alters is not there. */
export function applyAlteration(change: Alteration, catalog: Catalog): Catalog {
  switch (change.kind) {
    case 'rename-table':
      return renameTable(catalog, change.table, change.to);
    case 'rename-column':
      return renameColumn(catalog, change);
    case 'rename-enum':
      return renameEnum(catalog, change.enum, change.to);
    case 'rename-enum-value':
      return renameEnumValue(catalog, change.enum, change.value, change.to);
    case 'rename-sequence':
      return renameSequence(catalog, change.sequence, change.to);
    case 'rename-view':
      return renameView(catalog, change.view, change.to);
    case 'move-object':
      return moveObject(catalog, change);
    case 'alter-enum':
      return { ...catalog, enums: replaceObject('enum', catalog.enums, change.enum, () => change.enum) };
    case 'alter-sequence':
      return {
        ...catalog,
        sequences: replaceObject('sequence', catalog.sequences, change.sequence, () => change.sequence),
      };
    case 'alter-view':
      return { ...catalog, views: replaceObject('view', catalog.views, change.view, () => change.view) };
    case 'alter-raw':
      return { ...catalog, raw: replaceRaw(catalog.raw, change.object) };
    case 'rename-index':
    case 'rename-constraint':
    case 'alter-column':
    case 'set-primary-key':
    case 'alter-unique':
    case 'alter-check':
    case 'alter-foreign-key':
    case 'alter-index':
    case 'set-table-comment':
    case 'set-table-options':
      return replaceTable(catalog, change.table, (table) => alterTable(change, table));
  }
}

type TableAlteration = Extract<
  Alteration,
  {
    kind:
      | 'rename-index'
      | 'rename-constraint'
      | 'alter-column'
      | 'set-primary-key'
      | 'alter-unique'
      | 'alter-check'
      | 'alter-foreign-key'
      | 'alter-index'
      | 'set-table-comment'
      | 'set-table-options';
  }
>;

function alterTable(change: TableAlteration, table: Table): Table {
  switch (change.kind) {
    case 'rename-index':
      return { ...table, indexes: renameMember(table, 'index', table.indexes, change.name, change.to) };
    case 'rename-constraint':
      return renameConstraint(table, change.name, change.to);
    case 'alter-column':
      return { ...table, columns: replaceMember(table, 'column', table.columns, change.column) };
    case 'set-primary-key': {
      const { primaryKey: _, ...keyless } = table;
      return change.primaryKey === null ? keyless : { ...keyless, primaryKey: change.primaryKey };
    }
    case 'alter-unique':
      return { ...table, uniques: replaceMember(table, 'unique constraint', table.uniques, change.unique) };
    case 'alter-check':
      return { ...table, checks: replaceMember(table, 'check', table.checks, change.check) };
    case 'alter-foreign-key':
      return { ...table, foreignKeys: replaceMember(table, 'foreign key', table.foreignKeys, change.foreignKey) };
    case 'alter-index':
      return { ...table, indexes: replaceMember(table, 'index', table.indexes, change.index) };
    case 'set-table-comment': {
      const { comment: _, ...silent } = table;
      return change.comment === null ? silent : { ...silent, comment: change.comment };
    }
    case 'set-table-options': {
      const { options: _, ...plain } = table;
      return Object.keys(change.options).length === 0 ? plain : { ...plain, options: change.options };
    }
  }
}

/** The primary key, a unique constraint, a check or a foreign key: they share one space of names. */
function renameConstraint(table: Table, from: string, to: string): Table {
  const { primaryKey, uniques, checks, foreignKeys } = table;
  if ([...uniques, ...checks, ...foreignKeys, primaryKey].some((constraint) => constraint?.name === to))
    throw alreadyThere('constraint', `${displayName(table)}.${to}`);
  const has = (members: readonly { readonly name: string }[]): boolean => members.some(({ name }) => name === from);
  if (primaryKey?.name === from) return { ...table, primaryKey: { ...primaryKey, name: to } };
  if (has(uniques)) return { ...table, uniques: renameMember(table, 'constraint', uniques, from, to) };
  if (has(checks)) return { ...table, checks: renameMember(table, 'constraint', checks, from, to) };
  return { ...table, foreignKeys: renameMember(table, 'constraint', foreignKeys, from, to) };
}

function replaceRaw(objects: readonly RawObject[], replacement: RawObject): readonly RawObject[] {
  const position = objects.findIndex((object) => sameRaw(object, replacement));
  if (position === -1) throw notThere(replacement.type, displayName(replacement));
  return objects.with(position, replacement);
}
