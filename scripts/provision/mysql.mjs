import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, hasCommand } from './command.mjs';
import { refreshLists } from './debian-packages.mjs';
import { downloadFromSuite } from './private-suite.mjs';

const name = 'mysql-9.7';
const packages = ['mysql-server-core', 'mysql-client-core'];
const programs = ['usr/sbin/mysqld', 'usr/bin/mysql', 'usr/bin/mysqladmin', 'usr/bin/mysqldump', 'usr/bin/mysqlbinlog'];

/** MySQL is only in Debian's rolling suite, whose versions come and go: not required, and loud when it cannot be had. */
export const mysql = {
  name,
  required: false,
  advice: `unpack ${packages.join(' and ')} of Debian's rolling suite, or put a mysqld on the PATH`,
  isPresent: (cache) => existsSync(join(cache, name, 'bin/mysqld')),
  install,
};

function install(cache) {
  for (const tool of ['apt-get', 'dpkg-deb']) if (!hasCommand(tool)) throw new Error(`this machine has no ${tool}`);
  if (process.getuid?.() === 0) refreshLists();
  const partial = join(cache, `${name}.partial`);
  rmSync(partial, { recursive: true, force: true });
  const archives = downloadFromSuite(join(partial, 'apt'), 'sid', packages);
  unpack(archives, join(partial, 'root'));
  writeLaunchers(partial);
  rmSync(join(partial, 'apt'), { recursive: true, force: true });
  rmSync(join(cache, name), { recursive: true, force: true });
  renameSync(partial, join(cache, name));
}

function unpack(archives, root) {
  for (const directory of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', directory), { recursive: true });
    symlinkSync(`usr/${directory}`, join(root, directory));
  }
  const script = 'dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink --no-same-owner -C "$2"';
  for (const file of readdirSync(archives).filter((entry) => entry.endsWith('.deb'))) {
    command('sh', ['-c', script, 'unpack', join(archives, file), root]);
  }
}

/** The programs need a newer C library than the machine's: each starts through the loader that was unpacked with it. */
function writeLaunchers(directory) {
  const [libraries] = readdirSync(join(directory, 'root/usr/lib')).filter((entry) => entry.endsWith('-linux-gnu'));
  const [loader] = readdirSync(join(directory, 'root/usr/lib', libraries)).filter((entry) =>
    /^ld-linux.*\.so/.test(entry),
  );
  mkdirSync(join(directory, 'bin'));
  for (const program of programs.filter((path) => existsSync(join(directory, 'root', path)))) {
    const launcher = join(directory, 'bin', program.slice(program.lastIndexOf('/') + 1));
    writeFileSync(launcher, launcherText(libraries, loader, program));
    chmodSync(launcher, 0o755);
  }
}

function launcherText(libraries, loader, program) {
  return `#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/../root
lib=$root/usr/lib/${libraries}
exec "$lib/${loader}" --library-path "$lib:$root/usr/lib/mysql/private" "$root/${program}" "$@"
`;
}
