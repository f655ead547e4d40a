import type { Catalog } from '../catalog/model/catalog.ts';
import type { ObjectName } from '../catalog/model/object-name.ts';
import type { Change } from '../catalog/change/change.ts';

/** Turns a change into the statements that make it. Throws `CAPABILITY_MISSING` naming the object and what the engine lacks. */
export interface DefinitionCompiler {
  /** `before` is the catalog that the change is applied to; it holds the full definition of what is changed. */
  compile(change: Change, before: Catalog): readonly DefinitionStatement[];
  /** True: a foreign key can only be made with its table, so the planner keeps `Table.foreignKeys` inside `create-table`. */
  readonly inlineForeignKeys?: true;
}

/** One statement of a plan. */
export interface DefinitionStatement {
  readonly sql: string;
  /** False: it must not run inside a transaction block (or ends it). */
  readonly transactional: boolean;
  /** True in the catalog once the statement has taken effect. Absent only where `transactional` is true. */
  readonly done?: DoneProbe;
}

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
