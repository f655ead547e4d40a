import { existsSync } from 'node:fs';
import { connect as openSocket, isIP, type Socket } from 'node:net';
import type { Connection } from '../../driver/connection.ts';
import type { Target } from '../../driver/target.ts';
import { isSocket, type Line } from '../../driver/tls.ts';
import { requestCancel } from './cancel.ts';
import { MysqlConnection } from './connection.ts';
import { keptStatements } from './kept-statements.ts';
import type { MysqlConfig, MysqlLibrary, MysqlTls } from './library.ts';
import { logIn } from './log-in.ts';
import { sessionSettings } from './session-settings.ts';

/** Opens one connection over one line and makes its session settings. */
export async function connect(
  library: MysqlLibrary,
  target: Target,
  line: Line,
  pipeline: boolean,
): Promise<Connection> {
  const config = clientConfig(target, line);
  const { client, handshake, takesRows } = await logIn(library, config, target);
  // MariaDB puts 5.5.5- before its version, for replicas of another age.
  const serverVersion = handshake.serverVersion.replace(/^5\.5\.5-/, '');
  const connection = new MysqlConnection(client, {
    serverVersion,
    pipeline,
    takesRows,
    sessionId: String(handshake.connectionId),
    cancel: async () => {
      await requestCancel(library, config, target, handshake.connectionId);
    },
  });
  try {
    await connection.run({ sql: sessionSettings(serverVersion) }, []);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return connection;
}

function clientConfig(target: Target, line: Line): MysqlConfig {
  return {
    ...placeOf(target),
    ...(target.user === undefined ? {} : { user: target.user }),
    ...(target.password === undefined ? {} : { password: target.password }),
    ...(line.tls ? { ssl: tlsOf(line) } : {}),
    database: target.database,
    connectTimeout: target.connectTimeoutMs,
    connectAttributes: { program_name: target.applicationName ?? 'rowhouse' },
    // FOUND_ROWS makes an upsert that changes nothing look like an insert; LOCAL_FILES lets a server ask for our files;
    // with CLIENT_QUERY_ATTRIBUTES commands have another form, for attributes that nobody gives.
    flags: '-FOUND_ROWS,-LOCAL_FILES,-IGNORE_SPACE,-CLIENT_QUERY_ATTRIBUTES',
    charset: 'UTF8MB4_UNICODE_CI',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    jsonStrings: true,
    rowsAsArray: true,
    multipleStatements: false,
    // More than we keep, so that the library never closes a statement that we still use.
    maxPreparedStatements: 2 * keptStatements,
  };
}

function placeOf(target: Target): Pick<MysqlConfig, 'host' | 'port' | 'socketPath' | 'stream'> {
  const host = target.host ?? 'localhost';
  const port = target.port ?? 3306;
  if (isSocket(target)) return { socketPath: socketFile(host) };
  return { host, port, ...(isIP(host) === 0 ? {} : { stream: (): Socket => socketTo(host, port) }) };
}

/** A directory may be named, as for the other engines, or the socket's file, as these servers do. */
function socketFile(path: string): string {
  if (path.endsWith('.sock')) return path;
  const files = ['mysqld.sock', 'mysql.sock', 'mariadb.sock'].map((name) => `${path}/${name}`);
  return files.find((file) => existsSync(file)) ?? `${path}/mysqld.sock`;
}

/**
 * A socket that remembers its address. Node compares a certificate with the socket's `_host` where no server name is
 * given; an address is none, and for one Node does not set `_host`: the certificate would be compared with `localhost`.
 */
function socketTo(host: string, port: number): Socket {
  const socket = openSocket(port, host).setNoDelay(true).setKeepAlive(true);
  return Object.assign(socket, { _host: host });
}

function tlsOf(line: Line & { readonly tls: true }): MysqlTls {
  return {
    rejectUnauthorized: line.authenticate !== 'nothing',
    verifyIdentity: line.authenticate === 'name',
    ...(line.ca === undefined ? {} : { ca: line.ca }),
    ...(line.certificate === undefined ? {} : { cert: line.certificate }),
    ...(line.key === undefined ? {} : { key: line.key }),
  };
}
