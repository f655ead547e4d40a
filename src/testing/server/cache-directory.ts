import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where server programs and initialized data directories are kept: one place per user. For root it is not below the
 * home directory, because servers run as an unprivileged user who may not pass through it.
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  if (env['ROWHOUSE_SERVERS']) return join(env['ROWHOUSE_SERVERS'], 'rowhouse', 'servers');
  if (process.getuid?.() === 0) return '/var/cache/rowhouse/servers';
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rowhouse', 'servers');
}
