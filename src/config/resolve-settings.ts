import type { Engine } from '../dialect/engine.ts';
import type { PoolSettings } from '../driver/pool/pool-settings.ts';
import type { ConnectionParts } from './connection-parts.ts';
import { driverOf } from './engine-of.ts';
import type { Environment, ReadFile } from './environment.ts';
import { agreed, byDefault, describeSource, type Given } from './given.ts';
import { asMigrationAccount } from './migration-account.ts';
import type { Origin } from './origin.ts';
import { readRedisUrl } from './redis-url.ts';
import { resolveConnections } from './resolve-connections.ts';
import { parameterOf, resolveTarget } from './resolve-target.ts';
import { readOrDefault, readSetting, type Inputs, type Setting } from './setting.ts';
import type { Settings } from './settings.ts';
import { lineSettings } from './table/line-settings.ts';
import { placeSettings } from './table/place-settings.ts';
import { poolSettings } from './table/pool-settings.ts';
import { projectSettings } from './table/project-settings.ts';
import { taken } from './taken.ts';

export interface ResolveOptions {
  /** How a file is read, for `DB_PASSWORD_FILE` and its kind; without it there are no files. */
  readonly readFile?: ReadFile | undefined;
  /** The `.env` file that gave a variable, as `loadEnvironment` reports it. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** What a person called a variable, where that is another name: `--from` for `DATABASE_URL`. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** What else said a variable and lost, as `loadEnvironment` reports it. */
  readonly over?: Readonly<Record<string, readonly string[]>> | undefined;
  /** `migration`: connects as the account of migrations, where one is set; otherwise its variables are not read. */
  readonly account?: 'migration' | undefined;
}

/**
 * Makes settings of variables: nothing is guessed, two variables for one thing must agree, a missing credential is an
 * error that names the variables.
 *
 * @example
 * ```ts
 * const settings = resolveSettings({ DATABASE_URL: 'sqlite:///app.db' }, engines);
 * ```
 */
export function resolveSettings(
  environment: Environment,
  engines: readonly Engine[],
  options: ResolveOptions = {},
): Settings {
  const { readFile = () => undefined, files = {}, names, over, account } = options;
  const inputs: Inputs = { environment, readFile, files, names, over };
  const connections = resolveConnections(inputs, engines);
  const { write, replicas } = account === 'migration' ? asMigrationAccount(connections, inputs) : connections;
  const defaults = {
    tls: readSetting(inputs, lineSettings.tls),
    connectTimeoutMs: readSetting(inputs, lineSettings.connectTimeoutMs),
  };
  const writeTarget = resolveTarget('write', write, defaults);
  const readTargets = replicas.map((parts, index) => resolveTarget(`replicas.${index}`, parts, defaults));
  const own = taken('', {
    engine: write.engine,
    driver: resolveDriver(inputs, [write, ...replicas]),
    statementTimeoutMs: statementTimeout(inputs, [write, ...replicas]),
    echo: readLog(inputs, projectSettings.echo),
    echoPool: readLog(inputs, projectSettings.echoPool),
    slowStatementMs: readSetting(inputs, projectSettings.slowStatementMs),
    fixturePath: readSetting(inputs, projectSettings.fixturePath),
    redisUrl: readRedisUrl(inputs),
    environment: readOrDefault(inputs, projectSettings.environment),
  });
  const pool = readPool(inputs);
  const connectRetries = taken('connectRetries.', {
    attempts: readOrDefault(inputs, lineSettings.connectAttempts),
    delayMs: readOrDefault(inputs, lineSettings.connectDelayMs),
  });
  const replica = taken('replica.', { maxLagMs: readOrDefault(inputs, lineSettings.maxLagMs) });
  const migration = taken('migration.', {
    config: readSetting(inputs, projectSettings.migrationConfig),
    path: readSetting(inputs, projectSettings.migrationPath),
    ledgerTable: readSetting(inputs, projectSettings.ledgerTable),
  });
  return {
    ...own.values,
    write: writeTarget.target,
    replicas: readTargets.map(({ target }) => target),
    replica: replica.values,
    pool: pool.values,
    connectRetries: connectRetries.values,
    migration: migration.values,
    origins: [own, writeTarget, ...readTargets, replica, pool, connectRetries, migration].flatMap(
      ({ origins }) => origins,
    ),
  };
}

function readPool(inputs: Inputs): { readonly values: PoolSettings; readonly origins: readonly Origin[] } {
  return taken('pool.', {
    size: readOrDefault(inputs, poolSettings.size),
    overflow: readOrDefault(inputs, poolSettings.overflow),
    timeoutMs: readOrDefault(inputs, poolSettings.timeoutMs),
    recycleMs: readOrDefault(inputs, poolSettings.recycleMs),
    prePing: readOrDefault(inputs, poolSettings.prePing),
    disabled: readOrDefault(inputs, poolSettings.disabled),
  });
}

/** One driver serves all lines. Aliases of one driver agree; `auto` says nothing. */
function resolveDriver(inputs: Inputs, lines: readonly ConnectionParts[]): Given<string> | undefined {
  const engine = lines[0]?.engine.value;
  const named = (driver: Given<string> | undefined): Given<string> | undefined => {
    const choice = driver && engine && driverOf(driver.value, engine, describeSource(driver.source));
    return driver && choice && { value: choice.name, source: driver.source };
  };
  const forced = named(readSetting(inputs, placeSettings.forcedDriver));
  const said = [...lines.map(({ driver }) => driver), readSetting(inputs, placeSettings.driver)];
  return forced ?? agreed('driver', said.map(named));
}

function statementTimeout(inputs: Inputs, lines: readonly ConnectionParts[]): Given<number> | undefined {
  const setting = lineSettings.statementTimeoutMs;
  const said = lines.map((parts) => parameterOf(parts, 'statement_timeout', setting.kind));
  return agreed(setting.name, [...said, readSetting(inputs, setting)]);
}

/** 10 is "debug" to the tools that this level comes from: they then print SQL and pool. */
function readLog(inputs: Inputs, setting: Setting<boolean>): Given<boolean> {
  const level = readSetting(inputs, projectSettings.logLevel);
  const byLevel = level && { value: level.value <= 10, source: level.source };
  return readSetting(inputs, setting) ?? byLevel ?? { value: false, source: byDefault };
}
