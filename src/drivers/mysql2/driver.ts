import type { Connection } from '../../driver/connection.ts';
import type { Driver } from '../../driver/driver.ts';
import { importOptional } from '../../driver/import-optional.ts';
import { invalidParameter, knownParameters, switchParameter } from '../../driver/parameters.ts';
import type { Target } from '../../driver/target.ts';
import { linesTo, openFirst, type Line } from '../../driver/tls.ts';
import { tlsFailure, tlsRefused } from '../../driver/tls-failure.ts';
import { connect } from './connect.ts';
import type { MysqlLibrary } from './library.ts';

/** The driver over the package `mysql2`, or undefined where it is not installed. */
export async function loadMysql2Driver(): Promise<Driver | undefined> {
  const library = await importOptional('mysql2');
  return library === undefined ? undefined : createMysql2Driver((library as { default: MysqlLibrary }).default);
}

/** The driver over a copy of the package `mysql2` that the caller holds. */
export function createMysql2Driver(library: MysqlLibrary): Driver {
  return {
    name: 'mysql2',
    async connect(target: Target): Promise<Connection> {
      const { pipeline } = readParameters(target);
      const lines = await linesTo(target);
      try {
        return await openFirst(lines, async (line) => await connect(library, target, line, pipeline), isRefused);
      } catch (error) {
        if (offersNoTls(error)) throw tlsRefused(target, error);
        throw tlsFailure(target, error) ?? error;
      }
    },
  };
}

/**
 * `charset` is in many URLs; ours is always the whole of Unicode. `pipeline=off` is for a proxy that cannot take a
 * statement before it has answered the one before.
 */
function readParameters(target: Target): { readonly pipeline: boolean } {
  const parameters = knownParameters(target, 'mysql2', ['charset', 'pipeline']);
  const { charset } = parameters;
  if (charset !== undefined && charset.toLowerCase() !== 'utf8mb4') throw invalidParameter('charset', 'utf8mb4');
  return { pipeline: switchParameter(parameters, 'pipeline', true) };
}

/**
 * The server has no TLS; or it insists on it: for everyone (3159), or for this account, which it reports like a wrong
 * password (1045) to whoever comes in the clear.
 */
function isRefused(error: unknown, line: Line): boolean {
  if (line.tls) return offersNoTls(error);
  return error instanceof Error && 'errno' in error && (error.errno === 3159 || error.errno === 1045);
}

function offersNoTls(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'HANDSHAKE_NO_SSL_SUPPORT';
}
