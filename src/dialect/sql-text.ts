import type { LiteralValue } from '../catalog/model/expression.ts';
import type { ScriptSyntax } from './script-syntax.ts';

/** How an engine spells names, placeholders and constants. */
export interface SqlText {
  /** The name in the engine's quotes, its quote character doubled. */
  name(name: string): string;
  /** The placeholder of the value at this position, counted from 1. */
  placeholder(position: number): string;
  /** A constant in SQL text. For definitions only: values of queries are always parameters. */
  literal(value: LiteralValue): string;
  /** What the engine's own command-line client reads. */
  readonly script: ScriptSyntax;
}
