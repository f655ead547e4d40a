import type { PgClient, PgClientConfig, PgLibrary } from './library.ts';

/**
 * Asks the server, over a second line with the same TLS, to stop what the client's session is running. Resolves when the
 * server has closed that line: the signal is out by then.
 */
export async function requestCancel(library: PgLibrary, client: PgClient, config: PgClientConfig): Promise<void> {
  const { processID, secretKey } = client;
  if (processID === null || secretKey === null) return;
  const wire = new library.Connection({ ssl: config.ssl });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => wire.stream.destroy(), config.connectionTimeoutMillis);
  wire.on('connect', () => (config.ssl === false ? wire.cancel(processID, secretKey) : wire.requestSsl()));
  wire.on('sslconnect', () => wire.cancel(processID, secretKey));
  wire.on('error', reject);
  wire.on('end', resolve);
  if (config.host.startsWith('/')) wire.connect(`${config.host}/.s.PGSQL.${config.port}`);
  else wire.connect(config.port, config.host);
  await promise.finally(() => clearTimeout(timer));
}
