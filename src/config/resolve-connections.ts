import type { Engine } from '../dialect/engine.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { completeParts, partsOfUrl, type ConnectionParts } from './connection-parts.ts';
import type { DatabaseUrl } from './database-url.ts';
import { agreed, byDefault, disagreement, type Given } from './given.ts';
import { readDatabaseUrl, readReplicaUrls } from './read-url.ts';
import type { Inputs } from './setting.ts';
import { partsOfVariables, readEngine, serverParts } from './variable-parts.ts';

/** Where writes go, and the servers that answer reads. */
export interface Connections {
  readonly write: ConnectionParts;
  readonly replicas: readonly ConnectionParts[];
}

/** Puts the addresses together from URLs and parts; sources may complete each other and may not contradict each other. */
export function resolveConnections(inputs: Inputs, engines: readonly Engine[]): Connections {
  const url = readDatabaseUrl(inputs, engines);
  const write = writeParts(inputs, engines, url);
  const replicas = readReplicaUrls(inputs, engines);
  return { write, replicas: replicas.map((replica) => replicaParts(partsOfUrl(replica), write)) };
}

function writeParts(inputs: Inputs, engines: readonly Engine[], url: Given<DatabaseUrl> | undefined): ConnectionParts {
  const named = readEngine(inputs, engines);
  const fromUrl = url && partsOfUrl(url);
  const engine = agreed('engine', [fromUrl?.engine, named]) ?? firstEngine(engines);
  const variables = partsOfVariables(inputs, engine);
  if (!fromUrl) return withoutUrl(variables, named !== undefined);
  const [server] = engine.value.inFile ? serverParts(variables) : [];
  if (server) throw disagreement('kind of database: a file, or a server', fromUrl.engine.source, server.source);
  return passwordGiven(completeParts(fromUrl, variables), variables);
}

/** An engine in a file has no use for host and account: one variable moves a service from a server to a file. */
function withoutUrl(variables: ConnectionParts, engineNamed: boolean): ConnectionParts {
  const anything = engineNamed || variables.database !== undefined || serverParts(variables).length > 0;
  if (!anything) throw nothingSet();
  if (!variables.engine.value.inFile) return passwordGiven(variables, variables);
  const { engine, driver, database, parameters } = variables;
  return { engine, driver, database, parameters };
}

/** A URL without a password says that none is needed; a user in a variable with no password beside it is an omission. */
function passwordGiven(parts: ConnectionParts, variables: ConnectionParts): ConnectionParts {
  const needless = parts.host?.value.startsWith('/') || parts.parameters['sslcert'] !== undefined;
  if (parts.password || needless || parts.user === undefined || parts.user !== variables.user) return parts;
  throw new RowhouseError('CONFIG_MISSING', 'the password is missing', {
    details: { missing: ['password'], variables: ['DB_PASSWORD', 'DB_PASS', 'DB_PASSWORD_FILE'] },
    hint: 'set DB_PASSWORD, DB_PASS or DB_PASSWORD_FILE; an account without a password needs a URL: scheme://user@host',
  });
}

/** A replica has the accounts and databases of its primary, and its line is trusted as much unless its URL says how much. */
function replicaParts(replica: ConnectionParts, write: ConnectionParts): ConnectionParts {
  const { parameters, ...parts } = completeParts(replica, { engine: write.engine });
  const user = parts.user ?? write.user;
  const password = user?.value === write.user?.value ? write.password : undefined;
  return {
    ...parts,
    user,
    password: parts.password ?? password,
    database: parts.database ?? write.database,
    parameters: { ...write.parameters, ...parameters },
  };
}

function firstEngine(engines: readonly Engine[]): Given<Engine> {
  const [engine] = engines;
  if (engine) return { value: engine, source: byDefault };
  throw new RowhouseError('ENGINE_UNKNOWN', 'no engine is known');
}

function nothingSet(): RowhouseError {
  return new RowhouseError('CONFIG_MISSING', 'no database is configured', {
    details: { missing: ['database URL'], variables: ['DATABASE_URL', 'SQL_URL', 'DB_HOST'] },
    hint: 'set DATABASE_URL=sqlite:///app.db to begin, or DB_HOST, DB_NAME, DB_USER and DB_PASSWORD for a server',
  });
}
