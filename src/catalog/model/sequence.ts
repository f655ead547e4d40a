import type { ObjectName } from './object-name.ts';

/** A free-standing number source; numbers are decimal strings because they may pass 2^53. */
export interface Sequence extends ObjectName {
  /** The integer type of its numbers; absent is the widest. */
  readonly type?: 'smallint' | 'integer' | 'bigint';
  readonly start?: string;
  readonly increment?: string;
  readonly minimum?: string;
  readonly maximum?: string;
  /** How many numbers a session takes at a time. */
  readonly cache?: string;
  readonly cycle?: boolean;
  /** The column that it goes away with. */
  readonly ownedBy?: { readonly table: ObjectName; readonly column: string };
  readonly comment?: string;
}
