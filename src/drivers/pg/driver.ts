import { importOptional } from '../../driver/import-optional.ts';
import type { Connection } from '../../driver/connection.ts';
import type { Driver } from '../../driver/driver.ts';
import { knownParameters } from '../../driver/parameters.ts';
import type { Target } from '../../driver/target.ts';
import { linesTo, openFirst, type Line } from '../../driver/tls.ts';
import { tlsFailure, tlsRefused } from '../../driver/tls-failure.ts';
import { connect } from './connect.ts';
import type { PgLibrary } from './library.ts';
import { pgParameters } from './startup.ts';

/** The driver over the package `pg`, or undefined where it is not installed. */
export async function loadPgDriver(): Promise<Driver | undefined> {
  const library = await importOptional('pg');
  return library === undefined ? undefined : createPgDriver(library as PgLibrary);
}

/** The driver over a copy of the package `pg` that the caller holds. */
export function createPgDriver(library: PgLibrary): Driver {
  return {
    name: 'pg',
    async connect(target: Target): Promise<Connection> {
      const parameters = knownParameters(target, 'pg', pgParameters);
      const lines = await linesTo(target);
      try {
        return await openFirst(lines, async (line) => await connect(library, target, parameters, line), isRefused);
      } catch (error) {
        if (offersNoTls(error)) throw tlsRefused(target, error);
        throw tlsFailure(target, error) ?? error;
      }
    },
  };
}

/** The server has no TLS, or its access rules have no entry for this kind of line (28000). */
function isRefused(error: unknown, line: Line): boolean {
  if (line.tls && offersNoTls(error)) return true;
  return error instanceof Error && 'code' in error && error.code === '28000';
}

/** The library gives this error no code. */
function offersNoTls(error: unknown): boolean {
  return error instanceof Error && error.message === 'The server does not support SSL connections';
}
