import type { Engine } from '../dialect/engine.ts';
import { completeParts, type ConnectionParts } from './connection-parts.ts';
import { agreed, describeSource, type Given } from './given.ts';
import { engineOf } from './engine-of.ts';
import { Secret } from './secret.ts';
import { parseHost } from './server-url.ts';
import { readEach, readSetting, type Inputs } from './setting.ts';
import { placeSettings } from './table/place-settings.ts';
import { parseUrlParameters } from './url-parameter.ts';

/** The parts that `DB_HOST` and its companions say about a database of this engine. */
export function partsOfVariables(inputs: Inputs, engine: Given<Engine>): ConnectionParts {
  const database = readSetting(inputs, placeSettings.database);
  const parts: ConnectionParts = {
    engine,
    driver: readSetting(inputs, placeSettings.driver),
    host: mapped(readSetting(inputs, placeSettings.host), (host, subject) => parseHost(host, subject)),
    port: readSetting(inputs, placeSettings.port),
    database: engine.value.inFile ? mapped(database, filePath) : database,
    user: readSetting(inputs, placeSettings.user),
    password: mapped(readSetting(inputs, placeSettings.password), (password) => new Secret(password)),
    parameters: {},
  };
  return completeParts(parts, queryParts(inputs, engine.value));
}

/** The engine that `DB_TYPE` or `DB_DIALECT` names. */
export function readEngine(inputs: Inputs, engines: readonly Engine[]): Given<Engine> | undefined {
  const named = readEach(inputs, placeSettings.engine);
  return agreed(
    placeSettings.engine.name,
    named.map((given) => mapped(given, (name, subject) => engineOf(name, engines, subject))),
  );
}

/** The parts that say where a server is and who we are there. */
export function serverParts(parts: ConnectionParts): readonly Given<unknown>[] {
  return [parts.host, parts.port, parts.user, parts.password].filter((part) => part !== undefined);
}

function queryParts(inputs: Inputs, engine: Engine): Partial<ConnectionParts> {
  const query = readSetting(inputs, placeSettings.parameters);
  if (!query) return {};
  const { host, port, ...rest } = parseUrlParameters(query.value, engine, describeSource(query.source));
  const given = <T>(value: T): Given<T> => ({ value, source: query.source });
  return {
    host: host === undefined ? undefined : given(parseHost(host, describeSource(query.source))),
    port: port === undefined ? undefined : given(Number(port)),
    parameters: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, given(value)])),
  };
}

/** A bare word becomes a file of that name; what looks like a path, or `:memory:`, is one already. */
function filePath(name: string): string {
  return /[./\\:]/.test(name) ? name : `${name}.db`;
}

function mapped<T, U>(given: Given<T>, map: (value: T, subject: string) => U): Given<U>;
function mapped<T, U>(given: Given<T> | undefined, map: (value: T, subject: string) => U): Given<U> | undefined;
function mapped<T, U>(given: Given<T> | undefined, map: (value: T, subject: string) => U): Given<U> | undefined {
  return given && { value: map(given.value, describeSource(given.source)), source: given.source };
}
