import type { Target, TlsMode } from '../driver/target.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ConnectionParts } from './connection-parts.ts';
import { agreed, byDefault, type Given } from './given.ts';
import type { Origin } from './origin.ts';
import { inspectCustom, mask } from './secret.ts';
import { lineSettings } from './table/line-settings.ts';
import { taken } from './taken.ts';
import { resolveTls } from './tls-policy.ts';
import { hasPlace } from './url-parameter.ts';
import type { ValueKind } from './value-kind.ts';

/** What the variables say about every line, whichever server it goes to. */
export interface LineDefaults {
  readonly tls: Given<TlsMode> | undefined;
  readonly connectTimeoutMs: Given<number> | undefined;
}

export interface ResolvedTarget {
  readonly target: Target;
  readonly origins: readonly Origin[];
}

/** Makes of the parts of an address what a driver needs; `line` names it in origins: `write`, `replicas.0`. */
export function resolveTarget(line: string, parts: ConnectionParts, defaults: LineDefaults): ResolvedTarget {
  const { database, user } = parts;
  refuseMissing(parts);
  const { values, origins } = taken(`${line}.`, {
    ...hostAndPort(parts),
    database,
    user,
    password: parts.password,
    tls: resolveTls(parts, defaults.tls),
    connectTimeoutMs: connectTimeout(parts, defaults),
    applicationName: parts.parameters['application_name'],
  });
  const extra = taken(`${line}.parameters.`, driverParameters(parts));
  const { password, ...open } = values;
  const target: Target = {
    ...open,
    database: values.database ?? '',
    ...(password && { password: password.open() }),
    ...(extra.origins.length > 0 && { parameters: extra.values }),
  };
  return { target: concealed(target), origins: [...origins, ...extra.origins] };
}

/** A parameter of the URL as a value; its text was judged when the URL was read. */
export function parameterOf<T>(parts: ConnectionParts, name: string, kind: ValueKind<T>): Given<T> | undefined {
  const given = parts.parameters[name];
  const value = given && kind.parse(given.value);
  return value === undefined || given === undefined ? undefined : { value, source: given.source };
}

function refuseMissing({ engine, database, user }: ConnectionParts): void {
  const missing = [
    ...(database ? [] : [{ what: 'database name', variable: 'DB_NAME' }]),
    ...(user || engine.value.inFile ? [] : [{ what: 'user', variable: 'DB_USER' }]),
  ];
  if (missing.length === 0) return;
  const variables = missing.map(({ variable }) => variable);
  throw new RowhouseError(
    'CONFIG_MISSING',
    `the ${missing.map(({ what }) => what).join(' and the ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
    {
      details: { missing: missing.map(({ what }) => what), variables: [...variables, 'DATABASE_URL', 'SQL_URL'] },
      hint: `set ${variables.join(' and ')}, or write it in the URL; there is no default`,
    },
  );
}

function hostAndPort({ engine, host, port }: ConnectionParts): {
  readonly host?: Given<string> | undefined;
  readonly port?: Given<number> | undefined;
} {
  if (engine.value.inFile) return {};
  const { defaultPort } = engine.value;
  const usualPort = defaultPort === undefined ? undefined : { value: defaultPort, source: byDefault };
  return { host: host ?? { value: 'localhost', source: byDefault }, port: port ?? usualPort };
}

/** What the query says to the driver alone. */
function driverParameters({ engine, parameters }: ConnectionParts): ConnectionParts['parameters'] {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !hasPlace(name, engine.value)));
}

function connectTimeout(parts: ConnectionParts, { connectTimeoutMs }: LineDefaults): Given<number> {
  const { name, kind, fallback } = lineSettings.connectTimeoutMs;
  const said = agreed(name, [parameterOf(parts, 'connect_timeout', kind), connectTimeoutMs]);
  return said ?? { value: fallback, source: byDefault };
}

/** The password stays a plain property, for drivers, and is `***` when the target is printed. */
function concealed(target: Target): Target {
  const shown = (): Target => (target.password === undefined ? { ...target } : { ...target, password: mask });
  return Object.freeze(
    Object.defineProperties(target, { toJSON: { value: shown }, [inspectCustom]: { value: shown } }),
  );
}
