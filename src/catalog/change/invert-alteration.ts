import type { Catalog } from '../model/catalog.ts';
import { displayName } from '../model/object-name.ts';
import type { Alteration } from './alteration.ts';
import { memberBefore, objectBefore, unknownBefore } from './find-before.ts';
import { sameRaw } from './same-raw.ts';

/** The alteration that undoes `change`: the old name, or the definition that `before` has. */
export function invertAlteration(change: Alteration, before: Catalog): Alteration {
  switch (change.kind) {
    case 'rename-table':
      return { ...change, table: { ...change.table, name: change.to }, to: change.table.name };
    case 'rename-column':
      return { ...change, column: change.to, to: change.column };
    case 'rename-index':
    case 'rename-constraint':
      return { ...change, name: change.to, to: change.name };
    case 'rename-enum':
      return { ...change, enum: { ...change.enum, name: change.to }, to: change.enum.name };
    case 'rename-enum-value':
      return { ...change, value: change.to, to: change.value };
    case 'rename-sequence':
      return { ...change, sequence: { ...change.sequence, name: change.to }, to: change.sequence.name };
    case 'rename-view':
      return { ...change, view: { ...change.view, name: change.to }, to: change.view.name };
    case 'move-object':
      return { ...change, object: change.to, to: change.object };
    case 'alter-column':
      return {
        kind: 'alter-column',
        table: change.table,
        column: memberBefore(before, change.table, 'columns', change.column.name),
      };
    case 'set-primary-key':
      return { ...change, primaryKey: objectBefore(before.tables, change.table).primaryKey ?? null };
    case 'alter-unique':
      return { ...change, unique: memberBefore(before, change.table, 'uniques', change.unique.name) };
    case 'alter-check':
      return { ...change, check: memberBefore(before, change.table, 'checks', change.check.name) };
    case 'alter-foreign-key':
      return { ...change, foreignKey: memberBefore(before, change.table, 'foreignKeys', change.foreignKey.name) };
    case 'alter-index':
      return { ...change, index: memberBefore(before, change.table, 'indexes', change.index.name) };
    case 'set-table-comment':
      return { ...change, comment: objectBefore(before.tables, change.table).comment ?? null };
    case 'set-table-options':
      return { ...change, options: objectBefore(before.tables, change.table).options ?? {} };
    case 'alter-enum':
      return { ...change, enum: objectBefore(before.enums, change.enum) };
    case 'alter-sequence':
      return { ...change, sequence: objectBefore(before.sequences, change.sequence) };
    case 'alter-view':
      return { ...change, view: objectBefore(before.views, change.view) };
    case 'alter-raw': {
      const object = before.raw.find((other) => sameRaw(other, change.object));
      if (object === undefined) throw unknownBefore(displayName(change.object));
      return { ...change, object };
    }
  }
}
