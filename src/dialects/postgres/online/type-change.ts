import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { ConstraintText } from './constraint.ts';
import type { IndexText } from './index-text.ts';
import type { KeyText } from './key.ts';

/** A column that gets another type, and everything that stands on it. */
export interface TypeChange {
  readonly table: ObjectName;
  readonly column: string;
  /** As `format_type` prints it. */
  readonly from: string;
  readonly to: string;
  /** The collation that comes with the new type: `"C"`. Absent: the type's own. */
  readonly collation?: string | undefined;
  /** The collation becomes another one: indexes are built anew then, whatever the types are. */
  readonly changesCollation?: boolean | undefined;
  /** How an old value becomes a new one. Absent: as the server assigns it. */
  readonly using?: string | undefined;
  readonly notNull: boolean;
  /** The name of the constraint that says so, from PostgreSQL 18 on. */
  readonly notNullName?: string | undefined;
  /** The default it had, and the one it is to have. */
  readonly oldDefault?: string | undefined;
  readonly default?: string | undefined;
  /** `generated always as identity`, before and after. */
  readonly identity?: string | undefined;
  readonly comment?: string | undefined;
  /** Sequences that go when the column goes, unless the new one takes them over. */
  readonly ownedSequences?: readonly ObjectName[] | undefined;
  /** Indexes that speak of it and stand on no constraint. */
  readonly indexes: readonly IndexText[];
  readonly keys: readonly KeyText[];
  readonly checks: readonly ConstraintText[];
  readonly foreignKeys: readonly ConstraintText[];
  /** Foreign keys of any table that refer to it. */
  readonly references: readonly ConstraintText[];
  /** Statements that take what reads it (views, policies) out of the way, and that put it back. */
  readonly before?: readonly string[] | undefined;
  readonly after?: readonly string[] | undefined;
}
