import type { Dialect } from '../dialect/dialect.ts';
import type { QueryRules } from '../dialect/query-rules.ts';

/** Numbers placeholders while a plan's SQL is put together. */
export class QueryWriter {
  readonly dialect: Dialect;
  private position = 0;

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  get rules(): QueryRules {
    return this.dialect.queries;
  }

  /** The next placeholder. Values must be bound in the same order. */
  placeholder(): string {
    this.position += 1;
    return this.dialect.text.placeholder(this.position);
  }
}
