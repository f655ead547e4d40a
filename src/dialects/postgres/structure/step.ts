import type { DefinitionStatement } from '../../../dialect/definition.ts';

/** A statement that joins the transaction of the one before. */
export function step(sql: string, more: Omit<DefinitionStatement, 'sql' | 'transactional'> = {}): DefinitionStatement {
  return { sql, transactional: true, ...more };
}
