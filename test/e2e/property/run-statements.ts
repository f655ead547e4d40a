import { isHeld } from '../../../src/database/is-held.ts';
import type { PinnedSession } from '../../../src/database/pinned-session.ts';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';

/** One statement after the other, with references kept from acting where tables are made anew. */
export async function runStatements(session: PinnedSession, statements: readonly DefinitionStatement[]): Promise<void> {
  const { rebuild } = session.dialect.sessions;
  for (const sql of rebuild?.before ?? []) await session.script(sql);
  for (const { sql, when } of statements) {
    if (when !== undefined && !(await isHeld(session.dialect, session.connection, when))) continue;
    try {
      await session.script(sql);
    } catch (error) {
      throw error instanceof RowhouseError
        ? new RowhouseError(error.code, error.message, { details: { statement: sql }, cause: error.cause })
        : error;
    }
  }
  for (const sql of rebuild?.after ?? []) await session.script(sql);
}
