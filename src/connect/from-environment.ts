import { readFileSync } from 'node:fs';
import type { Environment } from '../config/environment.ts';
import { loadEnvironment } from '../config/load-environment.ts';
import { resolveSettings } from '../config/resolve-settings.ts';
import type { Settings } from '../config/settings.ts';
import { engines } from '../engines.ts';

export interface FromEnvironmentOptions {
  /** Where the `.env` files are; the current directory when nothing is said. */
  readonly directory?: string | undefined;
  /** Reads `.env.<service>` files too. */
  readonly service?: string | undefined;
  /** Wins over `ENVIRONMENT`. */
  readonly environment?: string | undefined;
  /** Variables that begin with this and `_` win over those without: with `AUTH`, `AUTH_DB_NAME` over `DB_NAME`. */
  readonly prefix?: string | undefined;
}

/**
 * The settings that the environment and its `.env` files give: see the configuration guide for every variable.
 *
 * @example
 * ```ts
 * const database = await connect(schema, fromEnvironment(process.env));
 * ```
 */
export function fromEnvironment(environment: Environment, options: FromEnvironmentOptions = {}): Settings {
  const loaded = loadEnvironment({
    directory: options.directory ?? process.cwd(),
    service: options.service,
    environment: options.environment,
    processEnvironment: environment,
    readFile,
  });
  const variables = withoutPrefix(loaded.variables, options.prefix);
  const files = withoutPrefix(loaded.files, options.prefix);
  return resolveSettings(variables, engines, { readFile, files });
}

function withoutPrefix<V>(
  record: Readonly<Record<string, V>>,
  prefix: string | undefined,
): Readonly<Record<string, V>> {
  if (prefix === undefined) return record;
  const own = Object.entries(record).filter(([name]) => name.startsWith(`${prefix}_`));
  return { ...record, ...Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length + 1), value])) };
}

/** The settings for one URL, and defaults for the rest. For tests and scripts; services read their environment. */
export function fromUrl(url: string): Settings {
  return resolveSettings({ DATABASE_URL: url }, engines, { readFile });
}

/** A file's text; undefined when there is none. Any other failure is the caller's to see. */
export function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
