import type { ObjectName } from './object-name.ts';

/**
 * Something the catalog keeps as SQL text because it has no model of it: a trigger, a function, a domain, a policy.
 * `create` and `drop` are in the dialect of the database it was read from, or written by hand for each engine.
 */
export interface RawObject extends ObjectName {
  /** The engine's word: `trigger`, `function`, `domain`, `extension`… */
  readonly type: string;
  /** The table it belongs to, for triggers and policies. */
  readonly table?: string;
  readonly create: Readonly<Record<string, string>>;
  readonly drop: Readonly<Record<string, string>>;
  /** By engine, what puts this text in the place of an older one. Absent: drop, then create. */
  readonly replace?: Readonly<Record<string, string>>;
  /** What must stand before it does: tables, views, enums, sequences and raw objects, by name. */
  readonly requires?: readonly ObjectName[];
  /** `before-tables`: must exist before tables are made (types, extensions); `after-tables`: needs them. */
  readonly stage: 'before-tables' | 'after-tables';
}
