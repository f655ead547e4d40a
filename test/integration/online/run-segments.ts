import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import type { Connection } from '../../../src/driver/connection.ts';

/** Runs statements as their segments say: each transaction, and what must stand alone, by itself. */
export async function runSegments(connection: Connection, statements: readonly DefinitionStatement[]): Promise<void> {
  for (const segment of segments(statements)) {
    const sql = segment.map((statement) => statement.sql);
    if (segment.some(({ transactional }) => !transactional)) {
      for (const one of sql) await connection.script(one);
    } else {
      await inTransaction(connection, sql);
    }
  }
}

/** The statements that share a transaction. */
export function segments(statements: readonly DefinitionStatement[]): readonly (readonly DefinitionStatement[])[] {
  const found: DefinitionStatement[][] = [];
  let isOpen = false;
  for (const statement of statements) {
    const joins = isOpen && statement.segment === undefined && statement.transactional;
    if (joins) found.at(-1)?.push(statement);
    else found.push([statement]);
    isOpen = statement.transactional && statement.segment !== 'alone';
  }
  return found;
}

async function inTransaction(connection: Connection, sql: readonly string[]): Promise<void> {
  await connection.script('begin');
  try {
    for (const one of sql) await connection.script(one);
    await connection.script('commit');
  } catch (error) {
    await connection.script('rollback');
    throw error;
  }
}
