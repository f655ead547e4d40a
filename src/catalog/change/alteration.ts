import type { Column } from '../model/column.ts';
import type { Check, ForeignKey, PrimaryKey, Unique } from '../model/constraint.ts';
import type { EngineOptions } from '../model/engine-options.ts';
import type { EnumType } from '../model/enum-type.ts';
import type { Expression } from '../model/expression.ts';
import type { IndexDefinition } from '../model/index-definition.ts';
import type { ObjectName } from '../model/object-name.ts';
import type { RawObject } from '../model/raw-object.ts';
import type { Sequence } from '../model/sequence.ts';
import type { View } from '../model/view.ts';

/**
 * What changes something that stays. Each carries the whole new definition; the old one is in the catalog before it, so
 * a compiler can keep the old in force until the new one is, and the inverse needs nothing else.
 */
export type Alteration =
  | { readonly kind: 'rename-table'; readonly table: ObjectName; readonly to: string }
  | { readonly kind: 'rename-column'; readonly table: ObjectName; readonly column: string; readonly to: string }
  | { readonly kind: 'rename-index'; readonly table: ObjectName; readonly name: string; readonly to: string }
  | { readonly kind: 'rename-constraint'; readonly table: ObjectName; readonly name: string; readonly to: string }
  | { readonly kind: 'rename-enum'; readonly enum: ObjectName; readonly to: string }
  | { readonly kind: 'rename-enum-value'; readonly enum: ObjectName; readonly value: string; readonly to: string }
  | { readonly kind: 'rename-sequence'; readonly sequence: ObjectName; readonly to: string }
  | { readonly kind: 'rename-view'; readonly view: ObjectName; readonly to: string }
  | {
      /** To another namespace, under the same name or another. What belongs to a table goes with it. */
      readonly kind: 'move-object';
      readonly of: 'table' | 'view' | 'sequence' | 'enum';
      readonly object: ObjectName;
      readonly to: ObjectName;
    }
  | {
      readonly kind: 'alter-column';
      readonly table: ObjectName;
      /** Has the name of the column that it replaces. */
      readonly column: Column;
      /** How an old value becomes a new one where the engine knows no cast of its own. */
      readonly using?: Expression;
    }
  | { readonly kind: 'set-primary-key'; readonly table: ObjectName; readonly primaryKey: PrimaryKey | null }
  | { readonly kind: 'alter-unique'; readonly table: ObjectName; readonly unique: Unique }
  | { readonly kind: 'alter-check'; readonly table: ObjectName; readonly check: Check }
  | { readonly kind: 'alter-foreign-key'; readonly table: ObjectName; readonly foreignKey: ForeignKey }
  | { readonly kind: 'alter-index'; readonly table: ObjectName; readonly index: IndexDefinition }
  | { readonly kind: 'set-table-comment'; readonly table: ObjectName; readonly comment: string | null }
  | { readonly kind: 'set-table-options'; readonly table: ObjectName; readonly options: EngineOptions }
  | { readonly kind: 'alter-enum'; readonly enum: EnumType }
  | { readonly kind: 'alter-sequence'; readonly sequence: Sequence }
  | { readonly kind: 'alter-view'; readonly view: View }
  | { readonly kind: 'alter-raw'; readonly object: RawObject };

const kinds: Readonly<Record<Alteration['kind'], true>> = {
  'rename-table': true,
  'rename-column': true,
  'rename-index': true,
  'rename-constraint': true,
  'rename-enum': true,
  'rename-enum-value': true,
  'rename-sequence': true,
  'rename-view': true,
  'move-object': true,
  'alter-column': true,
  'set-primary-key': true,
  'alter-unique': true,
  'alter-check': true,
  'alter-foreign-key': true,
  'alter-index': true,
  'set-table-comment': true,
  'set-table-options': true,
  'alter-enum': true,
  'alter-sequence': true,
  'alter-view': true,
  'alter-raw': true,
};

export function isAlteration(change: { readonly kind: string }): change is Alteration {
  return change.kind in kinds;
}
