import type { Engine } from '../dialect/engine.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { composeUrl } from './compose-url.ts';
import { parseDatabaseUrl, type DatabaseUrl } from './database-url.ts';
import { driverOf } from './engine-of.ts';
import { agreed, describeSource, type Given } from './given.ts';
import { readEach, readSetting, type Inputs, type Setting } from './setting.ts';
import { placeSettings } from './table/place-settings.ts';

/** Where a container platform puts the URL. */
const secretUrlPath = '/run/secrets/database_url';

/** The URL of the database, from the first of its variables, their files and the platform's secret. */
export function readDatabaseUrl(inputs: Inputs, engines: readonly Engine[]): Given<DatabaseUrl> | undefined {
  return parseAgreed(placeSettings.url, [...readEach(inputs, placeSettings.url), ...secretUrl(inputs)], engines);
}

/** The URLs of the servers that answer reads: one, or several with commas between them. */
export function readReplicaUrls(inputs: Inputs, engines: readonly Engine[]): readonly Given<DatabaseUrl>[] {
  const said = readSetting(inputs, placeSettings.replicaUrl);
  if (said === undefined) return [];
  const { value, source } = said;
  // Only where another URL begins: a comma may be part of a password or a parameter.
  return value
    .split(/\s*,\s*(?=[a-z][\w+.-]*:\/\/)/i)
    .map((text) => ({ value: parseDatabaseUrl(text, engines, describeSource(source)), source }));
}

function secretUrl(inputs: Inputs): readonly Given<string>[] {
  const value = inputs.readFile(secretUrlPath);
  if (value === undefined) return [];
  if (value.trim() === '') throw new RowhouseError('CONFIG_INVALID', `${secretUrlPath} is empty`);
  return [{ value, source: { kind: 'file', path: secretUrlPath } }];
}

function parseAgreed(
  setting: Setting<string>,
  texts: readonly Given<string>[],
  engines: readonly Engine[],
): Given<DatabaseUrl> | undefined {
  const urls = texts.map(({ value, source }) => ({
    value: parseDatabaseUrl(value, engines, describeSource(source)),
    source,
  }));
  return agreed(setting.name, urls, (left, right) => canonical(left) === canonical(right));
}

/** Two spellings of one address are one address: `postgres://` and `postgresql://`, raw and encoded, any order of parameters. */
function canonical(url: DatabaseUrl): string {
  const driver = url.driver === undefined ? undefined : driverOf(url.driver, url.engine, 'the URL')?.name;
  const parameters = Object.entries(url.parameters).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return composeUrl({ ...url, driver, parameters: Object.fromEntries(parameters) });
}
