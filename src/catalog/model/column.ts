import type { ColumnType } from './column-type.ts';
import type { EngineOptions } from './engine-options.ts';
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
  /** `storage`, `compression`, `statistics`, `characterSet`, `onUpdate`, `invisible`, `declared`… */
  readonly options?: EngineOptions;
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

/** A column that the database numbers. Numbers are decimal strings: they may pass 2^53. */
export interface Identity {
  readonly generation: 'always' | 'by-default';
  readonly start?: string;
  readonly increment?: string;
  readonly minimum?: string;
  readonly maximum?: string;
  /** How many numbers a session takes at a time. */
  readonly cache?: string;
  /** After the last number comes the first one again. */
  readonly cycle?: boolean;
}

/** Can an insert leave the column out? */
export function isFilledIn({ nullable, default: value, generated, identity }: Column): boolean {
  return nullable || value !== undefined || generated !== undefined || identity !== undefined;
}
