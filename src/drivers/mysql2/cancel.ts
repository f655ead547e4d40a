import type { Target } from '../../driver/target.ts';
import type { MysqlConfig, MysqlLibrary } from './library.ts';
import { logIn } from './log-in.ts';

/** Stops, over a second connection, what the session with this number is running. The session itself stays. */
export async function requestCancel(
  library: MysqlLibrary,
  config: MysqlConfig,
  target: Target,
  sessionId: number,
): Promise<void> {
  const { client } = await logIn(library, config, target);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.query({ sql: `kill query ${sessionId}` }, (error) => (error === null ? resolve() : reject(error)));
  try {
    await promise;
  } finally {
    client.end(() => client.stream.destroy());
  }
}
