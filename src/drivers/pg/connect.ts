import type { Connection } from '../../driver/connection.ts';
import { connectTimedOut } from '../../driver/connect-timeout.ts';
import { switchParameter } from '../../driver/parameters.ts';
import type { Target } from '../../driver/target.ts';
import type { Line } from '../../driver/tls.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { requestCancel } from './cancel.ts';
import { watchChannelBinding } from './channel-binding.ts';
import { PgConnection } from './connection.ts';
import type { PgClient, PgClientConfig, PgLibrary, PgTls } from './library.ts';
import { startupPacket } from './startup.ts';

/** Opens one connection over one line. */
export async function connect(
  library: PgLibrary,
  target: Target,
  parameters: Readonly<Record<string, string>>,
  line: Line,
): Promise<Connection> {
  const pipeline = switchParameter(parameters, 'pipeline', true);
  const prepare = switchParameter(parameters, 'prepared_statements', true);
  const config = clientConfig(target, parameters, line);
  const client = new library.Client(config);
  const startup = startupPacket(target, parameters);
  client.getStartupConf = (): Readonly<Record<string, string>> => startup;
  let serverVersion = '';
  client.connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
    if (parameterName === 'server_version') serverVersion = parameterValue;
  });
  const checkBinding = watchChannelBinding(client, parameters, line);
  await open(client, target);
  checkBinding();
  const cancel = async (): Promise<void> => {
    await requestCancel(library, client, config);
  };
  return new PgConnection(client, { serverVersion, pipeline, prepare, cancel });
}

function clientConfig(target: Target, parameters: Readonly<Record<string, string>>, line: Line): PgClientConfig {
  return {
    host: target.host ?? 'localhost',
    port: target.port ?? 5432,
    database: target.database,
    ...(target.user === undefined ? {} : { user: target.user }),
    // A function, so that the library does not look for a password in the environment or a file of its own.
    password: () => passwordOf(target),
    ssl: tlsOf(line),
    sslnegotiation: 'postgres',
    connectionTimeoutMillis: target.connectTimeoutMs,
    keepAlive: true,
    enableChannelBinding: line.tls && (parameters['channel_binding'] ?? 'prefer') !== 'disable',
  };
}

function passwordOf(target: Target): string {
  if (target.password !== undefined) return target.password;
  throw new RowhouseError('AUTHENTICATION_FAILED', 'the server asks for a password and none is set', {
    details: { host: target.host, port: target.port, user: target.user },
    hint: 'set DB_PASSWORD, DB_PASSWORD_FILE, or the password in the connection url',
  });
}

function tlsOf(line: Line): PgTls | false {
  if (!line.tls) return false;
  return {
    rejectUnauthorized: line.authenticate !== 'nothing',
    ...(line.ca === undefined ? {} : { ca: line.ca }),
    ...(line.certificate === undefined ? {} : { cert: line.certificate }),
    ...(line.key === undefined ? {} : { key: line.key }),
    ...(line.authenticate === 'name' ? {} : { checkServerIdentity: (): undefined => undefined }),
  };
}

async function open(client: PgClient, target: Target): Promise<void> {
  // The library reports some failures as an event as well, and an event that nobody hears ends the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    client.connection.stream.destroy();
    if (error instanceof Error && error.message === 'timeout expired') throw connectTimedOut(target, error);
    throw error;
  }
}
