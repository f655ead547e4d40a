import { createHash } from 'node:crypto';
import { fence } from '../database/tenant/fenced-statement.ts';
import type { Statement } from '../driver/connection.ts';

/** Plans kept per table: shapes come from code, not from data, so a service has dozens; a bound keeps a bug from filling memory. */
const capacity = 2_000;

/**
 * Statements by shape key. A hit costs one map lookup; a miss compiles the SQL. Values are never part of a key.
 */
export class PlanCache {
  private readonly statements = new Map<string, Statement>();
  private readonly bigintRows: boolean;

  constructor(bigintRows: boolean) {
    this.bigintRows = bigintRows;
  }

  get(key: string, compile: () => string): Statement {
    return this.statements.get(key) ?? this.add(key, namedStatement(compile(), this.bigintRows));
  }

  /** Likewise, for a select of the one row with a key. */
  getOneRow(key: string, compile: () => string): Statement {
    return (
      this.statements.get(key) ?? this.add(key, fence({ ...namedStatement(compile(), this.bigintRows), oneRow: true }))
    );
  }

  private add(key: string, statement: Statement): Statement {
    if (this.statements.size >= capacity) {
      const oldest = this.statements.keys().next();
      if (oldest.done !== true) this.statements.delete(oldest.value);
    }
    this.statements.set(key, statement);
    return statement;
  }
}

/** A statement that connections keep prepared, named after its text, and that asks for the tenant of its session. */
export function namedStatement(sql: string, bigintRows: boolean): Statement {
  const name = `rh_${createHash('sha256').update(sql).digest('hex').slice(0, 20)}`;
  return fence(bigintRows ? { sql, name, bigintRows } : { sql, name });
}
