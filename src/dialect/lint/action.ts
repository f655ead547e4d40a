import type { ColumnFacts, ConstraintFacts, TypeFacts, WrittenName } from './facts.ts';
import type { LintWord } from './word.ts';

/** What a statement does, as far as its text says. */
export type LintAction =
  | CreateTable
  | { readonly kind: 'drop-table'; readonly tables: readonly WrittenName[]; readonly ifExists: boolean }
  | AlterTable
  | CreateIndex
  | DropIndex
  | { readonly kind: 'rename-tables'; readonly tables: readonly WrittenName[] }
  | { readonly kind: 'reindex'; readonly concurrently: boolean; readonly what: string }
  | { readonly kind: 'truncate'; readonly tables: readonly WrittenName[]; readonly cascade: boolean }
  | { readonly kind: 'vacuum'; readonly full: boolean }
  | { readonly kind: 'cluster' }
  | { readonly kind: 'refresh-view'; readonly concurrently: boolean; readonly view: WrittenName }
  | {
      readonly kind: 'create-other';
      readonly what: string;
      readonly name: string;
      readonly ifNotExists: boolean;
      readonly temporary: boolean;
    }
  | { readonly kind: 'alter-other'; readonly what: string; readonly name: string }
  | { readonly kind: 'drop-other'; readonly what: string; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'domain-constraint'; readonly domain: string; readonly notValid: boolean }
  | {
      readonly kind: 'enum-value';
      readonly type: string;
      readonly change: 'add' | 'rename';
      readonly placed: boolean;
      readonly ifNotExists: boolean;
    }
  | {
      readonly kind: 'update';
      readonly table: WrittenName;
      readonly hasWhere: boolean;
      readonly assigned: readonly Assigned[];
    }
  | { readonly kind: 'delete'; readonly table: WrittenName; readonly hasWhere: boolean }
  | { readonly kind: 'insert'; readonly table: WrittenName; readonly assigned: readonly Assigned[] }
  | { readonly kind: 'merge'; readonly assigned: readonly Assigned[] }
  | { readonly kind: 'select' }
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }
  | { readonly kind: 'savepoint' }
  | { readonly kind: 'set'; readonly name: string; readonly value: readonly LintWord[] }
  | { readonly kind: 'pragma'; readonly name: string; readonly value: string }
  | { readonly kind: 'lock-table' }
  | { readonly kind: 'grant'; readonly all: boolean; readonly toPublic: boolean }
  | { readonly kind: 'note' }
  | { readonly kind: 'end-of-script' }
  | { readonly kind: 'not-understood' };

/** A column that a statement writes to, or a name that it gives a column. */
export interface Assigned {
  readonly name: string;
  readonly at: number;
}

export interface CreateTable {
  readonly kind: 'create-table';
  readonly table: WrittenName;
  readonly columns: readonly ColumnFacts[];
  readonly constraints: readonly ConstraintFacts[];
  readonly ifNotExists: boolean;
  /** Its rows come from a query. */
  readonly filled: boolean;
  readonly partitionOf?: WrittenName;
  /** Its columns are those of another table, so they cannot all be read here. */
  readonly hasMoreColumns: boolean;
  readonly temporary: boolean;
  readonly droppedOnCommit: boolean;
  readonly options: readonly LintWord[];
}

export interface CreateIndex {
  readonly kind: 'create-index';
  readonly table: WrittenName;
  readonly name?: string;
  readonly unique: boolean;
  readonly concurrently: boolean;
  readonly ifNotExists: boolean;
  readonly keys: number;
  /** `fulltext` or `spatial`. */
  readonly special?: string;
  readonly only: boolean;
}

export interface DropIndex {
  readonly kind: 'drop-index';
  readonly names: readonly WrittenName[];
  readonly concurrently: boolean;
  readonly ifExists: boolean;
}

export interface AlterTable {
  readonly kind: 'alter-table';
  readonly table: WrittenName;
  readonly ifExists: boolean;
  readonly clauses: readonly TableClause[];
  /** What the statement demands of the server: `instant`, `inplace`. */
  readonly algorithm?: string;
  readonly lock?: string;
}

/** One part of an `alter table`. */
export type TableClause = { readonly at: number } & (
  | { readonly kind: 'add-column'; readonly column: ColumnFacts; readonly ifNotExists: boolean }
  | { readonly kind: 'drop-column'; readonly column: string; readonly ifExists: boolean }
  | { readonly kind: 'rename-column'; readonly from: string; readonly to: string }
  | { readonly kind: 'rename-table'; readonly to: string }
  | { readonly kind: 'rename-constraint' }
  | { readonly kind: 'set-schema' }
  | { readonly kind: 'set-type'; readonly column: string; readonly type: TypeFacts }
  | { readonly kind: 'modify-column'; readonly from: string; readonly column: ColumnFacts }
  | { readonly kind: 'set-not-null'; readonly column: string }
  | { readonly kind: 'drop-not-null'; readonly column: string }
  | { readonly kind: 'set-default'; readonly column: string }
  | { readonly kind: 'drop-default'; readonly column: string }
  | { readonly kind: 'add-identity'; readonly column: string }
  | { readonly kind: 'add-constraint'; readonly constraint: ConstraintFacts }
  | {
      readonly kind: 'drop-constraint';
      readonly name: string;
      readonly ifExists: boolean;
      readonly of?: 'foreign-key' | 'primary-key';
    }
  | { readonly kind: 'validate-constraint'; readonly name: string }
  | { readonly kind: 'attach-partition'; readonly partition: string }
  | { readonly kind: 'detach-partition'; readonly concurrently: boolean }
  | { readonly kind: 'drop-partition' }
  | { readonly kind: 'add-index'; readonly special?: string; readonly unique: boolean; readonly keys: number }
  | { readonly kind: 'drop-index'; readonly name: string }
  | { readonly kind: 'convert-charset'; readonly charset: string }
  | { readonly kind: 'rebuild'; readonly how: string }
  | { readonly kind: 'row-security'; readonly enabled: boolean }
  | { readonly kind: 'disable-trigger' }
  /** A setting that only the server's own work waits for. */
  | { readonly kind: 'tune' }
  | { readonly kind: 'other' }
);
