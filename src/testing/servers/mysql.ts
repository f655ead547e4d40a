import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../server/cache-directory.ts';
import type { Installation } from '../server/installation.ts';
import type { ServerKind, ServerPlace } from '../server/server-kind.ts';
import { runAsServerUser } from '../server/server-user.ts';
import { claimWithInitFile, hasGreeted, settingArguments, sharedArguments } from './mysql-protocol.ts';

export const mysql: ServerKind = {
  engine: 'mysql',
  program: 'mysqld',
  versionPattern: /Ver (\d+\.\d+\.\d+)(?!\S*MariaDB)/,
  places: [join(cacheDirectory(), 'mysql-*', 'bin'), '/usr/sbin', '/usr/local/mysql/bin'],
  user: 'root',
  defaultDatabase: 'mysql',
  stopSignal: 'SIGTERM',
  initialize,
  claim: claimWithInitFile,
  settingArguments,
  startArguments,
  isReady: async ({ port }) => await hasGreeted(port),
  container: {
    image: 'mysql',
    version: '9',
    port: 3306,
    environment: (password) => ({ MYSQL_ROOT_PASSWORD: password }),
    startArguments: () => ['--innodb-flush-log-at-trx-commit=2'],
    answers: hasGreeted,
  },
};

async function initialize(installation: Installation, dataDirectory: string): Promise<void> {
  const args = ['--no-defaults', '--initialize-insecure', '--secure-file-priv=', `--datadir=${dataDirectory}`];
  await runAsServerUser(join(installation.programs, 'mysqld'), [...args, ...unpackedPaths(installation)], {
    directory: join(dataDirectory, '..'),
  });
}

function startArguments(place: ServerPlace): readonly string[] {
  return [
    ...sharedArguments(place),
    ...unpackedPaths(place.installation),
    '--mysqlx=OFF',
    '--secure-file-priv=',
    '--innodb-redo-log-capacity=16M',
  ];
}

/** A server that was unpacked and not installed looks for its files where its packager meant them to be: say where they are. */
function unpackedPaths({ programs }: Installation): readonly string[] {
  const base = join(programs, '../root/usr');
  if (!existsSync(base)) return [];
  const share = join(base, 'share/mysql');
  return [
    `--basedir=${base}`,
    `--lc-messages-dir=${share}`,
    `--character-sets-dir=${join(share, 'charsets')}`,
    `--plugin-dir=${join(base, 'lib/mysql/plugin')}`,
  ];
}
