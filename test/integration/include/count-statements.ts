import { queryChannel, type QueryMessage } from '../../../src/database/diagnostics.ts';
import type { Database } from '../../../src/database/database.ts';

/** The statements that the database runs meanwhile. */
export async function statementsOf(database: Database, work: () => Promise<unknown>): Promise<readonly string[]> {
  const statements: string[] = [];
  const listen = (message: unknown): void => {
    const { sql, source } = message as QueryMessage;
    if (source.where === database.where) statements.push(sql);
  };
  queryChannel.subscribe(listen);
  try {
    await work();
  } finally {
    queryChannel.unsubscribe(listen);
  }
  return statements;
}
