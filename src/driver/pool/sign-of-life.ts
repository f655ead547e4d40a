import type { Connection, Statement } from '../connection.ts';
import { keptWithin } from './kept-within.ts';

/** Asks the server for a sign of life over this connection; silence for five seconds is a no. */
export async function isAlive(connection: Connection): Promise<boolean> {
  try {
    return await keptWithin(silenceMs, connection.run(ping, []));
  } catch {
    return false;
  }
}

const silenceMs = 5000;

const ping: Statement = { sql: 'select 1' };
