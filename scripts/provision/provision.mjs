import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.mjs';
import { debianServers } from './debian-servers.mjs';
import { embeddedPostgres } from './embedded-postgres.mjs';
import { withLockFile } from './lock-file.mjs';
import { mysql } from './mysql.mjs';

/**
 * @typedef {object} Server
 * @property {string} name e.g. `postgresql-15`
 * @property {boolean} required with CI=true its absence is a failure
 * @property {string} advice how a person gets it by hand
 * @property {(cache: string) => boolean} isPresent
 * @property {(cache: string) => void} install throws with the reason when it cannot
 *
 * @typedef {{ name: string, required: boolean, state: 'ready' | 'installed' | 'missing', reason?: string }} Outcome
 */

/** @type {readonly Server[]} */
const servers = [
  ...debianServers,
  embeddedPostgres('postgresql-16', '16.14.0-beta.17'),
  embeddedPostgres('postgresql-17', '17.10.0-beta.17'),
  embeddedPostgres('postgresql-18', '18.4.0-beta.17'),
  mysql,
];

/**
 * Installs what is missing, one line a server. Only one process at a time installs; the others wait and then find it done.
 *
 * @param {{ write: (line: string) => void }} options
 * @returns {Outcome[]}
 */
export function provision({ write }) {
  const cache = cacheDirectory();
  mkdirSync(cache, { recursive: true });
  const missing = servers.some((server) => !server.isPresent(cache));
  const report = () => servers.map((server) => reportOne(server, cache, write));
  return missing ? withLockFile(join(cache, 'provision.lock'), report) : report();
}

function reportOne(server, cache, write) {
  const started = performance.now();
  const outcome = provide(server, cache);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  write(`${server.name.padEnd(16)} ${outcome.state.padEnd(10)} ${seconds.padStart(6)} s`);
  if (outcome.reason !== undefined) write(missingNotice(server, outcome.reason));
  return outcome;
}

function provide(server, cache) {
  const { name, required } = server;
  // The test run reads this file, so that its skip says why the server is not there.
  const record = join(cache, `${name}.missing`);
  if (server.isPresent(cache)) return { name, required, state: 'ready' };
  try {
    server.install(cache);
    rmSync(record, { force: true });
    return { name, required, state: 'installed' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    writeFileSync(record, `${reason}\n`);
    return { name, required, state: 'missing', reason };
  }
}

function missingNotice(server, reason) {
  const lines = [`${server.name} IS MISSING, its tests will not run: ${reason}`, `to get it: ${server.advice}`];
  return lines.map((line) => `  !! ${line}`).join('\n');
}
