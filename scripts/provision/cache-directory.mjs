import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where servers are kept: one place per user, the same for every clone. For root it is not below the home directory,
 * because the servers run as nobody, who may not pass through it.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheDirectory(env = process.env) {
  if (env['ROWHOUSE_SERVERS']) return join(env['ROWHOUSE_SERVERS'], 'rowhouse', 'servers');
  if (process.getuid?.() === 0) return '/var/cache/rowhouse/servers';
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rowhouse', 'servers');
}
