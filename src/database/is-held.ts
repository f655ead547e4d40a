import type { DoneProbe } from '../dialect/definition.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Connection } from '../driver/connection.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** The answer of the engine's catalog to one question. What the client library throws becomes an error of ours. */
export async function isHeld(dialect: Dialect, connection: Connection, probe: DoneProbe): Promise<boolean> {
  try {
    return await dialect.inspector.holds(connection, probe);
  } catch (error) {
    if (error instanceof RowhouseError) throw error;
    throw dialect.errors.translate(error, { during: 'statement' });
  }
}
