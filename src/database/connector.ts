import type { Dialect } from '../dialect/dialect.ts';
import type { Engine } from '../dialect/engine.ts';
import type { Connection } from '../driver/connection.ts';
import type { Driver } from '../driver/driver.ts';
import type { Target } from '../driver/target.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';

/** Who connects to what. */
export interface ConnectorOptions {
  readonly engine: Engine;
  readonly driver: Driver;
  readonly target: Target;
}

/** Opens connections to one server. */
export interface Connector {
  /** `host:port/database` or the file's path. */
  readonly where: string;
  /** Made for the server that answered first. */
  readonly dialect: Dialect;
  connect(): Promise<Connection>;
}

/** Connects once: the server that answers decides the dialect, and every later connection must find the same engine. */
export async function openConnector(options: ConnectorOptions): Promise<Connector> {
  const { engine, target } = options;
  const first = await connectTo(options, placeOf(target), await engine.offlineDialect());
  const dialect = await dialectOf(engine, first);
  const later = connectorFor(options, dialect, [first.serverVersion]);
  let unused: Connection | undefined = first;
  return {
    ...later,
    async connect() {
      const kept = unused;
      unused = undefined;
      return kept !== undefined && !kept.broken ? kept : await later.connect();
    },
  };
}

/** Connects to another server of an engine that is known, as a replica is: it need not answer yet. */
export function connectorFor(options: ConnectorOptions, dialect: Dialect, versions: readonly string[] = []): Connector {
  const { engine, target } = options;
  const where = placeOf(target);
  const knownVersions = new Set(versions);
  return {
    where,
    dialect,
    async connect() {
      const connection = await connectTo(options, where, dialect);
      if (knownVersions.has(connection.serverVersion)) return connection;
      await refuseOtherEngine(engine, connection, dialect, where);
      knownVersions.add(connection.serverVersion);
      return connection;
    },
  };
}

/** `host:port/database`, or the path of a database in a file: what may be said in messages. */
export function placeOf({ host, port, database }: Target): string {
  if (host === undefined) return database;
  return `${host}${port === undefined ? '' : `:${port}`}/${database}`;
}

async function connectTo({ driver, target }: ConnectorOptions, where: string, dialect: Dialect): Promise<Connection> {
  try {
    return await driver.connect(target);
  } catch (error) {
    throw error instanceof RowhouseError ? error : dialect.errors.translate(error, { during: 'connect', where });
  }
}

async function dialectOf(engine: Engine, connection: Connection): Promise<Dialect> {
  try {
    return await engine.dialect(connection);
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

async function refuseOtherEngine(
  engine: Engine,
  connection: Connection,
  expected: Dialect,
  where: string,
): Promise<void> {
  const found = await dialectOf(engine, connection);
  if (found.name === expected.name) return;
  connection.destroy();
  throw new RowhouseError('CONFIG_CONFLICT', `the server at ${where} is ${found.name} now and was ${expected.name}`, {
    details: { expected: expected.name, found: found.name, version: connection.serverVersion },
    hint: 'restart the process so that it speaks to the new server in its own words',
  });
}
