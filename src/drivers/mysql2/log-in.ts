import { connectTimedOut } from '../../driver/connect-timeout.ts';
import type { Target } from '../../driver/target.ts';
import type { MysqlClient, MysqlConfig, MysqlHandshake, MysqlLibrary } from './library.ts';

/** A client of the library that is logged in. */
export async function logIn(
  library: MysqlLibrary,
  config: MysqlConfig,
  target: Target,
): Promise<{ readonly client: MysqlClient; readonly handshake: MysqlHandshake; readonly takesRows: boolean }> {
  const client = library.createConnection(config);
  const isAsked = askForRows(client);
  // Heard for ever: an error event that nobody hears ends the process.
  client.on('error', () => undefined);
  const { promise, resolve, reject } = Promise.withResolvers<MysqlHandshake>();
  client.connect((error, handshake) => {
    if (error === null && handshake !== undefined) resolve(handshake);
    else reject(error ?? new Error('the server sent no handshake'));
  });
  try {
    const handshake = await promise;
    return { client, handshake, takesRows: isAsked && hasBoth(handshake) };
  } catch (error) {
    client.stream.destroy();
    if (error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT') throw connectTimedOut(target, error);
    throw error;
  }
}

/** Bits of MariaDB's own: rows for one prepared statement, and names of types, for which the library asks by itself. */
const manyRows = 0x04;
const typeNames = 0x08;

/** Adds a wish to those that the library has. MySQL does not read them. */
function askForRows({ _command: handshaking }: MysqlClient): boolean {
  if (handshaking?.mariadbExtendedClientFlags === undefined) return false;
  handshaking.mariadbExtendedClientFlags |= manyRows;
  return true;
}

/** The server reads no wishes from a client that shows no other sign of knowing them, which type names are. */
function hasBoth({ mariadbExtendedCapabilityFlags: flags = 0 }: MysqlHandshake): boolean {
  return (flags & (manyRows | typeNames)) === (manyRows | typeNames);
}
