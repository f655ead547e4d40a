import type { Catalog } from '../catalog/model/catalog.ts';
import type { ObjectName } from '../catalog/model/object-name.ts';
import type { Change } from '../catalog/change/change.ts';
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
}

/** One statement of a plan. */
export interface DefinitionStatement {
  readonly sql: string;
  /** False: it must not run inside a transaction block (or ends it). */
  readonly transactional: boolean;
  /** True in the catalog once the statement has taken effect. Absent only where `transactional` is true. */
  readonly done?: DoneProbe;
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
  /** What a person should know before it runs: rows it reads, values it drops. One sentence, no full stop. */
  readonly note?: string;
  /** Questions about the rows that are there, asked before anything of the plan runs. */
  readonly prechecks?: readonly Precheck[];
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
