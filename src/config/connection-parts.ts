import type { Engine } from '../dialect/engine.ts';
import type { DatabaseUrl } from './database-url.ts';
import { agreed, type Given } from './given.ts';
import type { Secret } from './secret.ts';

/** The parts of an address, each with where it was said; what nobody said is absent. */
export interface ConnectionParts {
  readonly engine: Given<Engine>;
  readonly driver?: Given<string> | undefined;
  readonly host?: Given<string> | undefined;
  readonly port?: Given<number> | undefined;
  readonly database?: Given<string> | undefined;
  readonly user?: Given<string> | undefined;
  readonly password?: Given<Secret> | undefined;
  readonly parameters: Readonly<Record<string, Given<string>>>;
}

/** The parts that a URL says. */
export function partsOfUrl({ value: url, source }: Given<DatabaseUrl>): ConnectionParts {
  const given = <T>(value: T | undefined): Given<T> | undefined =>
    value === undefined ? undefined : { value, source };
  const parameters = Object.entries(url.parameters).map(([name, value]) => [name, { value, source }] as const);
  return {
    engine: { value: url.engine, source },
    driver: given(url.driver),
    host: given(url.host),
    port: given(url.port),
    database: given(url.database),
    user: given(url.user),
    password: given(url.password),
    parameters: Object.fromEntries(parameters),
  };
}

/** The URL that says the parts. */
export function urlOfParts(parts: ConnectionParts): DatabaseUrl {
  return {
    engine: parts.engine.value,
    driver: parts.driver?.value,
    host: parts.host?.value,
    port: parts.port?.value,
    database: parts.database?.value,
    user: parts.user?.value,
    password: parts.password?.value,
    parameters: Object.fromEntries(Object.entries(parts.parameters).map(([name, given]) => [name, given.value])),
  };
}

/** `first` completed by `second`; a part that both say must be the same in both. */
export function completeParts(first: ConnectionParts, second: Partial<ConnectionParts>): ConnectionParts {
  return {
    engine: agreed('engine', [first.engine, second.engine]) ?? first.engine,
    driver: first.driver ?? second.driver,
    host: agreed('host', [first.host, second.host]),
    port: agreed('port', [first.port, second.port]),
    database: agreed('database name', [first.database, second.database]),
    user: agreed('user', [first.user, second.user]),
    password: agreed('password', [first.password, second.password], (left, right) => left.equals(right)),
    parameters: completeParameters(first.parameters, second.parameters ?? {}),
  };
}

function completeParameters(
  first: ConnectionParts['parameters'],
  second: ConnectionParts['parameters'],
): ConnectionParts['parameters'] {
  for (const name of Object.keys(second)) agreed(`URL parameter ${name}`, [first[name], second[name]]);
  return { ...second, ...first };
}
