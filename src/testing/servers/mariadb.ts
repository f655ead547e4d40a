import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Installation } from '../server/installation.ts';
import type { ServerKind, ServerPlace } from '../server/server-kind.ts';
import { runAsServerUser } from '../server/server-user.ts';
import { claimWithInitFile, hasGreeted, settingArguments, sharedArguments } from './mysql-protocol.ts';

export const mariadb: ServerKind = {
  engine: 'mariadb',
  program: 'mariadbd',
  versionPattern: /Ver (\d+\.\d+\.\d+)-MariaDB/,
  places: ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'],
  user: 'root',
  defaultDatabase: 'mysql',
  stopSignal: 'SIGTERM',
  initialize,
  claim: claimWithInitFile,
  settingArguments,
  startArguments,
  isReady: async ({ port }) => await hasGreeted(port),
  container: {
    image: 'mariadb',
    version: '11',
    port: 3306,
    environment: (password) => ({ MARIADB_ROOT_PASSWORD: password }),
    startArguments: () => ['--innodb-flush-log-at-trx-commit=2'],
    answers: hasGreeted,
  },
};

async function initialize({ programs }: Installation, dataDirectory: string): Promise<void> {
  const args = [
    '--no-defaults',
    `--datadir=${dataDirectory}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ];
  await runAsServerUser(await installProgram(programs), [...args, '--innodb-log-file-size=8M'], {
    directory: join(dataDirectory, '..'),
  });
}

/** Packagers put it beside the server or with the user programs. */
async function installProgram(programs: string): Promise<string> {
  const beside = join(programs, 'mariadb-install-db');
  if (existsSync(beside)) return beside;
  const { stdout } = await promisify(execFile)('sh', ['-c', 'command -v mariadb-install-db']);
  return stdout.trim();
}

function startArguments(place: ServerPlace): readonly string[] {
  return [...sharedArguments(place), '--innodb-log-file-size=8M'];
}
