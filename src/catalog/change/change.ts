import type { Alteration } from './alteration.ts';
import type { Column } from '../model/column.ts';
import type { Check, ForeignKey, Unique } from '../model/constraint.ts';
import type { EnumType } from '../model/enum-type.ts';
import type { IndexDefinition } from '../model/index-definition.ts';
import type { ObjectName } from '../model/object-name.ts';
import type { RawObject } from '../model/raw-object.ts';
import type { Sequence } from '../model/sequence.ts';
import type { Table } from '../model/table.ts';
import type { View } from '../model/view.ts';
import type { Transition } from './transition.ts';

/**
 * One step from a catalog to the next: plain JSON, with `applyChange`, `invertChange` and a compiler per engine.
 * `create-table` makes the table with columns, primary key, unique constraints, checks and indexes; its foreign keys
 * are changes of their own, so that tables that refer to each other can be made in any order.
 */
export type Change =
  | { readonly kind: 'create-namespace'; readonly name: string }
  | { readonly kind: 'drop-namespace'; readonly name: string }
  | { readonly kind: 'create-enum'; readonly enum: EnumType }
  | { readonly kind: 'drop-enum'; readonly enum: ObjectName }
  | { readonly kind: 'create-sequence'; readonly sequence: Sequence }
  | { readonly kind: 'drop-sequence'; readonly sequence: ObjectName }
  | { readonly kind: 'create-table'; readonly table: Table }
  | { readonly kind: 'drop-table'; readonly table: ObjectName }
  | { readonly kind: 'add-column'; readonly table: ObjectName; readonly column: Column }
  | { readonly kind: 'drop-column'; readonly table: ObjectName; readonly column: string }
  | { readonly kind: 'add-unique'; readonly table: ObjectName; readonly unique: Unique }
  | { readonly kind: 'drop-unique'; readonly table: ObjectName; readonly name: string }
  | { readonly kind: 'add-check'; readonly table: ObjectName; readonly check: Check }
  | { readonly kind: 'drop-check'; readonly table: ObjectName; readonly name: string }
  | { readonly kind: 'add-foreign-key'; readonly table: ObjectName; readonly foreignKey: ForeignKey }
  | { readonly kind: 'drop-foreign-key'; readonly table: ObjectName; readonly name: string }
  | { readonly kind: 'create-index'; readonly table: ObjectName; readonly index: IndexDefinition }
  | { readonly kind: 'drop-index'; readonly table: ObjectName; readonly name: string }
  | { readonly kind: 'create-view'; readonly view: View }
  | { readonly kind: 'drop-view'; readonly view: ObjectName }
  | { readonly kind: 'create-raw'; readonly object: RawObject }
  | { readonly kind: 'drop-raw'; readonly object: RawObject }
  | Alteration
  | Transition
  | { readonly kind: 'raw-sql'; readonly up: RawSql; readonly down?: RawSql };

/** SQL text by engine (`postgresql`, `mysql`, `mariadb`, `sqlite`); the key `any` serves the engines not named. */
export type RawSql = Readonly<Record<string, string>>;
