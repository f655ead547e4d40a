import type { Expression } from './expression.ts';
import type { ObjectName } from './object-name.ts';

export interface PrimaryKey {
  readonly name?: string;
  readonly columns: readonly string[];
}

/** A unique constraint over plain columns. Anything richer (a predicate, an expression) is a unique index. */
export interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly deferrable?: 'immediate' | 'deferred';
}

export type ForeignKeyAction = 'no-action' | 'restrict' | 'cascade' | 'set-null' | 'set-default';

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: ObjectName & { readonly columns: readonly string[] };
  readonly onDelete: ForeignKeyAction;
  readonly onUpdate: ForeignKeyAction;
  /** `full`: all columns are null or none is. Absent: one null is enough. */
  readonly match?: 'full';
  readonly deferrable?: 'immediate' | 'deferred';
}

export interface Check {
  readonly name: string;
  readonly expression: Expression;
  /** Tables that inherit from this one do not keep it. */
  readonly noInherit?: boolean;
  /** Said, and not looked at. */
  readonly notEnforced?: boolean;
}
