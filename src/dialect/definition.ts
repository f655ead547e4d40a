import type { Catalog } from '../catalog/model/catalog.ts';
import type { ObjectName } from '../catalog/model/object-name.ts';
import type { Change } from '../catalog/change/change.ts';
import type { BlockedTable } from './blocking.ts';
import type { Effects } from './effects.ts';
import type { OnlineAlter } from './online-alter.ts';
import type { Safety } from './structure/rules.ts';

/** Turns a change into the statements that make it. Throws `CAPABILITY_MISSING` naming the object and what the engine lacks. */
export interface DefinitionCompiler {
  /** `before` is the catalog that the change is applied to; it holds the full definition of what is changed. */
  compile(change: Change, before: Catalog, options?: CompileOptions): readonly DefinitionStatement[];
  /** True: a foreign key can only be made with its table, so the planner keeps `Table.foreignKeys` inside `create-table`. */
  readonly inlineForeignKeys?: true;
}

/** How a change is to be made. */
export interface CompileOptions {
  /** Default `plain`. `online` never reads or rewrites a populated table under a lock that stops writers. */
  readonly safe?: Safety | undefined;
  /** The changes before it in the same plan, and the next one: what must happen in one moment is compiled with its neighbour. */
  readonly earlier?: readonly Change[] | undefined;
  readonly next?: Change | undefined;
  /** All changes after it in the same plan: what they take away is still there. */
  readonly later?: readonly Change[] | undefined;
}

/** One statement of a plan. */
export interface DefinitionStatement {
  readonly sql: string;
  /** False: it must not run inside a transaction block (or ends it). */
  readonly transactional: boolean;
  /** True in the catalog once the statement has taken effect. Absent only where `transactional` is true. */
  readonly done?: DoneProbe;
  /** What gives up its name in it, so that a later statement may make another one of that name. */
  readonly frees?: ObjectReference;
  /** How long it may wait and run. Absent: `catalog`. */
  readonly class?: StatementClass;
  /**
   * Where it stands among transactions: `start` begins a new one, `alone` has one to itself. Absent: it joins the
   * statement before, and what must happen together (drop the old, rename the new) relies on that.
   */
  readonly segment?: 'start' | 'alone';
  /** True: running it a second time changes nothing more, so a resume may simply run it again. */
  readonly repeatable?: true;
  /** True: its transaction must run in the session's `RebuildMode`. */
  readonly rebuilds?: true;
  /** True: what references do to rows may be a part of it, so no transaction is put in `RebuildMode` behind it. */
  readonly needsReferences?: true;
  /** Present: it copies all rows of a table to one that will take its place. */
  readonly copies?: CopiedRows;
  /** What rows lose for good by it, where nothing keeps it. */
  readonly loses?: readonly Loss[];
  /** What a person should know before it runs: rows it reads, values it drops. One sentence, no full stop. */
  readonly note?: string;
  /**
   * True: others must be able to go on while it runs, and only the server knows whether they are. Where the dialect has
   * `algorithms` it is asked before anything of the plan runs.
   */
  readonly asks?: true;
  /** What the server agreed to: the text that is run in place of `sql`, which is `sql` and a clause behind it, and what it does. With `online` its steps are run. */
  readonly agreed?: { readonly sql: string; readonly effects: Effects; readonly online?: OnlineAlter };
  /** What it is known to do while others wait, for where it cannot be tried. Absent: nothing is known. */
  readonly holdsUp?: BlockedTable;
  /** Questions about the rows that are there, asked before anything of the plan runs. */
  readonly prechecks?: readonly Precheck[];
  /** It runs only if this is true when its turn comes; otherwise it counts as done. */
  readonly when?: DoneProbe;
  /** What a person is told once it has run: with `when` nobody knows before. One sentence, no full stop. */
  readonly says?: string;
  /** Present: rows are filled in batch by batch, and `sql` is what that amounts to. */
  readonly backfill?: Backfill;
}

/** The rows of a table, or the values of one column of it. Names are SQL. */
export interface Loss {
  readonly table: string;
  readonly column?: string;
}

/** Two tables, by their names as SQL. */
export interface CopiedRows {
  readonly from: string;
  readonly to: string;
  /** True: the new table says itself that it passes over rows, with a conflict clause. */
  readonly mayLeaveOut?: true;
}

/** Rows to be filled in. `set` and `where` are SQL over the columns of the table. */
export interface Backfill {
  readonly table: ObjectName;
  /** The table's name as SQL. */
  readonly name: string;
  readonly key: BackfillKey;
  readonly set: string;
  readonly where: string;
  /** Present: nothing is set; the rows are copied to another table. */
  readonly copy?: RowCopy;
  /** How many rows one transaction writes at first. */
  readonly batchRows: number;
  /** How many it may write when that is fast. */
  readonly mostRows: number;
}

/** How rows are copied to another table. */
export interface RowCopy {
  /** What is set for the transaction of each batch. */
  readonly before?: string;
  /** `insert into … select … from …`: the range of a batch comes behind it. */
  readonly insert: string;
  /** What comes behind the range. `passes`: rows that somebody is writing are left for later. `waits`: they are waited for. */
  readonly tail: Readonly<Record<'passes' | 'waits', string>>;
}

/** The order in which rows are passed: by columns that are unique and never null, or block by block as they are stored. */
export type BackfillKey =
  | { readonly by: 'columns'; readonly columns: readonly BackfillKeyColumn[] }
  | {
      readonly by: 'blocks';
      /** Gives the number of blocks. */
      readonly count: string;
      /** True of the rows from one block up to, but not with, another: two values. */
      readonly range: string;
    };

export interface BackfillKeyColumn {
  readonly name: string;
  /** The SQL type that a value must be cast to where it would be compared in another way. */
  readonly cast?: string;
}

/** What would make a statement fail: rows that it cannot be true of. */
export interface Precheck {
  /**
   * Up to ten of the rows in the way: first how many there are (counted no further than a thousand), then the columns
   * of their key. No row: nothing is in the way.
   */
  readonly sql: string;
  /** The names of the columns of the key, in order. Empty: rows cannot be named. */
  readonly key: readonly string[];
  readonly table: ObjectName;
  readonly column?: string;
  /** What the rows are, as the end of "12 rows of person …": `have no email`. */
  readonly problem: string;
  /** What a person can do, on the way up and down, where no row could be mended. */
  readonly remedy?: Readonly<Record<'up' | 'down', string>>;
  /** What is asked instead where the plan itself makes this table, which has no rows then. */
  readonly whileNew?: { readonly table: ObjectName; readonly sql: string };
}

/**
 * `catalog`: a strong lock for a moment; waits briefly for it and is retried. `scan`: a weak lock while rows are read;
 * waits briefly, runs long. `build`: a concurrent index build; a short wait would leave it invalid, so it has none.
 * `data`: rows are written in batches.
 */
export type StatementClass = 'catalog' | 'scan' | 'build' | 'data';

/** A question to the engine's own catalog, answered by `Inspector.holds`. */
export interface DoneProbe {
  readonly question: 'exists' | 'missing';
  readonly object: ObjectReference;
}

export interface ObjectReference extends ObjectName {
  readonly kind: 'namespace' | 'table' | 'view' | 'enum' | 'sequence' | 'column' | 'index' | 'constraint' | 'raw';
  /** The table that a column, index, constraint or trigger belongs to. */
  readonly table?: string;
  /** For `raw`: the object's type, e.g. `trigger`. */
  readonly type?: string;
}
