import type { EngineOptions } from './engine-options.ts';
import type { Expression } from './expression.ts';

/** An index. `method` is the engine's word (`btree`, `hash`, `gin`, `fulltext`…); absent is its ordinary one. */
export interface IndexDefinition {
  readonly name: string;
  readonly keys: readonly IndexKey[];
  readonly unique: boolean;
  readonly method?: string;
  readonly where?: Expression;
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly comment?: string;
  /** `fillfactor`, `invisible`, `parser`… */
  readonly options?: EngineOptions;
}

/** One key part: a column or an expression, ascending unless said otherwise. */
export interface IndexKey {
  readonly column?: string;
  readonly expression?: Expression;
  readonly order?: 'desc';
  readonly nulls?: 'first' | 'last';
  readonly collation?: string;
  readonly operatorClass?: string;
  /** MySQL and MariaDB: how many leading characters or bytes are indexed. */
  readonly prefixLength?: number;
}
