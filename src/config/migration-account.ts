import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { ConnectionParts } from './connection-parts.ts';
import { describeSource, type Given } from './given.ts';
import type { Connections } from './resolve-connections.ts';
import { Secret } from './secret.ts';
import { readOrDefault, readSetting, type Inputs } from './setting.ts';
import { migrationAccountSettings } from './table/migration-account-settings.ts';
import { projectSettings } from './table/project-settings.ts';

/** The same database through the account of migrations, where one is set: it writes, so nothing goes to a replica. */
export function asMigrationAccount(connections: Connections, inputs: Inputs): Connections {
  const { write } = connections;
  const user = readSetting(inputs, migrationAccountSettings.user);
  const said = readSetting(inputs, migrationAccountSettings.password);
  if (write.engine.value.inFile || (user === undefined && said === undefined)) return connections;
  if (user === undefined) throw missing('user', 'MIGRATION_DB_USER');
  const password = said && { value: new Secret(said.value), source: said.source };
  if (password === undefined && write.host?.value.startsWith('/') !== true)
    throw missing('password', 'MIGRATION_DB_PASSWORD');
  refuseOneAccount(write, user, inputs);
  return { write: { ...write, user, password }, replicas: [] };
}

/** An account that may change definitions is no account for requests. */
function refuseOneAccount({ user }: ConnectionParts, migration: Given<string>, inputs: Inputs): void {
  if (user?.value !== migration.value) return;
  if (readOrDefault(inputs, projectSettings.environment).value !== 'production') return;
  const sources = [describeSource(migration.source), describeSource(user.source)];
  throw new RowhouseError('CONFIG_CONFLICT', `migrations and the service have one account in production`, {
    details: { setting: 'migration user', sources },
    hint: `${sources.join(' and ')} name the same user: give the service an account that cannot change definitions`,
  });
}

function missing(what: string, variable: string): RowhouseError {
  return new RowhouseError('CONFIG_MISSING', `the ${what} of migrations is missing`, {
    details: { missing: [`migration ${what}`], variables: [variable] },
    hint: `set ${variable} or ${variable}_FILE, or leave the account of migrations out`,
  });
}
