import type { Database } from '../../../src/database/database.ts';
import { openDatabase, type OpenOptions } from '../../../src/database/open-database.ts';
import type { Engine } from '../../../src/dialect/engine.ts';
import type { Target } from '../../../src/driver/target.ts';
import { engines } from '../../../src/engines.ts';

/** Opens a database of the test servers by its URL. */
export async function openUrl(url: string, options: Partial<OpenOptions> = {}): Promise<Database> {
  return await openDatabase({ ...(await connectorFor(url)), ...options });
}

/** Engine, driver and target of a URL. */
export async function connectorFor(url: string): Promise<Pick<OpenOptions, 'engine' | 'driver' | 'target'>> {
  const [scheme = ''] = url.split(':');
  const [name = '', driverName] = scheme.split('+');
  const engine = engines.find((one) => one.schemes.includes(name));
  if (engine === undefined) throw new Error(`no engine for ${scheme}`);
  const choice = engine.drivers.find(
    (one) => driverName === undefined || one.name === driverName || one.aliases.includes(driverName),
  );
  const driver = await choice?.load();
  if (driver === undefined) throw new Error(`no driver for ${scheme}`);
  return { engine, driver, target: targetOf(url, engine) };
}

function targetOf(text: string, engine: Engine): Target {
  const url = new URL(text);
  const common = { tls: { mode: 'disable' }, connectTimeoutMs: 10_000 } as const;
  if (engine.inFile) return { ...common, database: decodeURIComponent(url.pathname) };
  return {
    ...common,
    host: url.hostname,
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
  };
}
