import type { Dialect } from '../dialect/dialect.ts';
import type { QueryRules } from '../dialect/query-rules.ts';
import type { TablePlan } from './table-plan.ts';

/** Numbers placeholders while a plan's SQL is put together. */
export class QueryWriter {
  readonly dialect: Dialect;
  private position = 0;
  private aliases = 0;
  private scope: string | undefined;

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

  /** How a subquery names the table around it. */
  enclosing(plan: TablePlan): string {
    return this.scope ?? plan.table;
  }

  /** Writes a subquery, whose table has a name that no other one of the statement has. */
  subquery<T>(write: (alias: string) => T): T {
    this.aliases += 1;
    const alias = `rh${this.aliases}`;
    const around = this.scope;
    this.scope = alias;
    const written = write(alias);
    this.scope = around;
    return written;
  }
}
