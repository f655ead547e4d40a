import type { Column } from './column.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Expression } from './expression.ts';
import type { ObjectName } from './object-name.ts';

/** A view. `columns` says what a select from it returns; the nullability of a view's column is not known to engines. */
export interface View extends ObjectName {
  readonly query: Expression;
  readonly columns: readonly Pick<Column, 'name' | 'type' | 'nullable'>[];
  readonly materialized: boolean;
  readonly comment?: string;
  /** `securityInvoker`, `securityBarrier`, `checkOption`, `fillfactor`… */
  readonly options?: EngineOptions;
}
