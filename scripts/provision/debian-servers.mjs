import { existsSync } from 'node:fs';
import { installPackages } from './debian-packages.mjs';

/** Servers that the machine's own Debian has; each is present when all its files are. */
export const debianServers = [
  debianServer('postgresql-15', { 'postgresql-15': '/usr/lib/postgresql/15/bin/postgres' }),
  debianServer('mariadb', {
    'mariadb-server': '/usr/sbin/mariadbd',
    'mariadb-backup': '/usr/bin/mariabackup',
    'galera-4': '/usr/lib/galera/libgalera_smm.so',
    rsync: '/usr/bin/rsync',
    socat: '/usr/bin/socat',
  }),
  debianServer('redis', { 'redis-server': '/usr/bin/redis-server' }),
];

/**
 * @param {string} name
 * @param {Readonly<Record<string, string>>} files the file that proves each package is there
 */
function debianServer(name, files) {
  const missing = () => Object.keys(files).filter((packageName) => !existsSync(files[packageName]));
  return {
    name,
    required: true,
    advice: `as root, apt-get install ${Object.keys(files).join(' ')}`,
    isPresent: () => missing().length === 0,
    install: () => installPackages(missing()),
  };
}
