import type { Statement } from '../../driver/connection.ts';

const fenced = new WeakSet<Statement>();

/** Marks a statement whose text asks for the tenant of the session that runs it wherever its table has one. */
export function fence(statement: Statement): Statement {
  fenced.add(statement);
  return statement;
}

export function isFenced(statement: Statement): boolean {
  return fenced.has(statement);
}
