import type { ColumnType } from './column-type.ts';
import type { Expression, LiteralValue } from './expression.ts';

/** One column of a table. Absent members mean "the engine's default". */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly default?: ColumnDefault;
  readonly generated?: GeneratedColumn;
  readonly identity?: Identity;
  readonly collation?: string;
  readonly comment?: string;
}

/** What the database writes when an insert leaves the column out. `now` is the current moment in UTC. */
export type ColumnDefault =
  | { readonly kind: 'literal'; readonly value: LiteralValue }
  | { readonly kind: 'now' }
  | { readonly kind: 'expression'; readonly expression: Expression };

/** A column whose value the database computes from its row. */
export interface GeneratedColumn {
  readonly expression: Expression;
  readonly stored: boolean;
}

/** A column that the database numbers. */
export interface Identity {
  readonly generation: 'always' | 'by-default';
  readonly start?: string;
  readonly increment?: string;
}
