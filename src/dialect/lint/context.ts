import type { WrittenName } from './facts.ts';

/** What the statements before have made true. */
export interface LintContext {
  /** The major version of the server that the script is for. */
  readonly majorVersion: number;
  /** Where the open transaction began; undefined when none is open. `managed`: by the tool that runs the script. */
  readonly transaction: { readonly at: number; readonly managed: boolean } | undefined;
  /** How many statements came before this one, transaction control and settings aside. */
  readonly position: number;
  /** The table was made by this script and has no rows. */
  isNew(table: WrittenName): boolean;
  /** Tables in the open transaction that a strong lock is held on, this script's own aside. */
  strongLocks(): readonly string[];
  /** The value that the script gave a setting of the session; empty for one that is not a plain constant. */
  setting(name: string): string | undefined;
  /** The script made this index while writers could go on. */
  isBuilt(index: string): boolean;
  /** A check that was validated says that the column holds no NULL. */
  isProvenNotNull(table: WrittenName, column: string): boolean;
  /** A check on this table was validated before. */
  hasValidatedCheck(table: WrittenName): boolean;
  /** The constraint was added without a check of the rows in the open transaction. */
  isUncheckedHere(table: WrittenName, constraint: string): boolean;
  /** The script dropped it before, in this or another transaction. */
  wasDropped(kind: 'constraint' | 'table', table: WrittenName, name?: string): boolean;
  /** The script renamed the table away before. */
  wasRenamedAway(table: WrittenName): boolean;
  /** The script made a policy for the table. */
  hasPolicy(table: WrittenName): boolean;
  /** The enum was made by this script. */
  isNewType(name: string): boolean;
}
