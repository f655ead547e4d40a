import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { greeting } from '../server/greeting.ts';
import type { ServerPlace } from '../server/server-kind.ts';
import { giveToServerUser } from '../server/server-user.ts';

const initFile = 'init.sql';

/** Writes the statements that the server runs at each start before it listens: the administrator's password. */
export async function claimWithInitFile({ directory, password }: ServerPlace): Promise<void> {
  const statements = [
    `alter user root@localhost identified by '${password}';`,
    `create user if not exists root@'127.0.0.1';`, // MariaDB has it from the start
    `alter user root@'127.0.0.1' identified by '${password}';`,
    `grant all privileges on *.* to root@'127.0.0.1' with grant option;`,
  ];
  const file = join(directory, initFile);
  await writeFile(file, `${statements.join('\n')}\n`, { mode: 0o600 });
  await giveToServerUser(file);
}

/** Arguments that MySQL and MariaDB spell alike. */
export function sharedArguments(place: ServerPlace): readonly string[] {
  return [
    '--no-defaults', // must be the first: no file of this machine changes a test
    `--datadir=${place.dataDirectory}`,
    `--tmpdir=${place.directory}`,
    `--init-file=${join(place.directory, initFile)}`,
    '--bind-address=127.0.0.1',
    `--port=${place.port}`,
    `--socket=${join(place.directory, 'mysql.sock')}`,
    `--pid-file=${join(place.directory, 'server.pid')}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--character-set-server=utf8mb4',
    '--innodb-buffer-pool-size=64M',
    // 2: the log reaches the system at each commit, so a killed process loses nothing; it never waits for the disk.
    '--innodb-flush-log-at-trx-commit=2',
    '--innodb-flush-method=nosync',
    ...tlsArguments(place),
  ];
}

export function settingArguments(settings: ServerPlace['settings']): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}

/** The greeting of protocol version 10 is the first thing a server that takes clients says. */
export async function hasGreeted(port: number): Promise<boolean> {
  const answer = await greeting(port);
  return answer?.[4] === 10;
}

function tlsArguments({ tls }: ServerPlace): readonly string[] {
  if (tls === undefined) return [];
  return [`--ssl-cert=${tls.certificate}`, `--ssl-key=${tls.key}`, `--ssl-ca=${tls.ca}`];
}
