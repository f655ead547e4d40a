import { connectTimedOut } from '../../driver/connect-timeout.ts';
import type { Target } from '../../driver/target.ts';
import type { MysqlClient, MysqlConfig, MysqlHandshake, MysqlLibrary } from './library.ts';

/** A client of the library that is logged in. */
export async function logIn(
  library: MysqlLibrary,
  config: MysqlConfig,
  target: Target,
): Promise<{ readonly client: MysqlClient; readonly handshake: MysqlHandshake }> {
  const client = library.createConnection(config);
  // Heard for ever: an error event that nobody hears ends the process.
  client.on('error', () => undefined);
  const { promise, resolve, reject } = Promise.withResolvers<MysqlHandshake>();
  client.connect((error, handshake) => {
    if (error === null && handshake !== undefined) resolve(handshake);
    else reject(error ?? new Error('the server sent no handshake'));
  });
  try {
    return { client, handshake: await promise };
  } catch (error) {
    client.stream.destroy();
    if (error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT') throw connectTimedOut(target, error);
    throw error;
  }
}
