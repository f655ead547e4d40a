import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerEngine } from '../../../src/testing/server/private-server.ts';
import type { ServerPlace } from '../../../src/testing/server/server-kind.ts';
import { giveToServerUser } from '../../../src/testing/server/server-user.ts';
import { openUrl } from '../../integration/database/open-url.ts';

/** How servers of one engine become a primary and those that follow it. */
export interface ReplicatedKind {
  /** Arguments of every server; `number` is 1 for the primary. */
  startArguments(number: number): readonly string[];
  /** Makes ready what every server runs with, once the primary's accounts are made. */
  settle(place: ServerPlace): Promise<void>;
  /** Makes the copy of the primary's files one that follows, before it starts. */
  prepare(place: ServerPlace, primary: ServerPlace): Promise<void>;
  /** Tells a replica that runs whom to follow. */
  follow(replicaUrl: string, primary: ServerPlace): Promise<void>;
  /** Statements that stop and continue the replay of what the primary writes. */
  readonly pause: string;
  readonly resume: string;
}

const postgresql: ReplicatedKind = {
  settle: async () => undefined,
  startArguments: () => ['-c', 'wal_keep_size=128MB', '-c', 'max_standby_streaming_delay=300ms'],
  async prepare({ dataDirectory }, { port, password }) {
    const line = `host=127.0.0.1 port=${port} user=postgres password=${password}`;
    await writeOwn(join(dataDirectory, 'postgresql.auto.conf'), `primary_conninfo = '${line}'\n`);
    await writeOwn(join(dataDirectory, 'standby.signal'), '');
  },
  follow: async () => undefined,
  pause: 'select pg_wal_replay_pause()',
  resume: 'select pg_wal_replay_resume()',
};

const mariadb: ReplicatedKind = {
  settle: makeNoAccounts,
  startArguments: (number) => [
    '--log-bin=log',
    '--log-slave-updates',
    '--gtid-strict-mode=ON',
    `--server-id=${number}`,
  ],
  prepare: async () => undefined,
  async follow(replicaUrl, { port, password }) {
    const to = `master_host='127.0.0.1', master_port=${port}, master_user='root', master_password='${password}'`;
    await runAll(replicaUrl, [
      `change master to ${to}, master_use_gtid=slave_pos, master_connect_retry=1`,
      'start slave',
      'set global read_only = 1',
    ]);
  },
  pause: 'stop slave sql_thread',
  resume: 'start slave sql_thread',
};

const mysql: ReplicatedKind = {
  settle: makeNoAccounts,
  startArguments: (number) => [
    '--log-bin=log',
    '--gtid-mode=ON',
    '--enforce-gtid-consistency=ON',
    '--performance-schema=OFF',
    `--server-id=${number}`,
  ],
  async prepare({ dataDirectory }) {
    await rm(join(dataDirectory, 'auto.cnf'), { force: true }); // the server's own name
  },
  async follow(replicaUrl, { port, password }) {
    const to = `source_host='127.0.0.1', source_port=${port}, source_user='root', source_password='${password}'`;
    await runAll(replicaUrl, [
      `change replication source to ${to}, source_auto_position=1, get_source_public_key=1, source_connect_retry=1`,
      'start replica',
      'set global read_only = 1',
    ]);
  },
  pause: 'stop replica sql_thread',
  resume: 'start replica sql_thread',
};

export const replicatedKinds: Readonly<Partial<Record<ServerEngine, ReplicatedKind>>> = { postgresql, mariadb, mysql };

/** Runs statements as they are. */
export async function runAll(url: string, statements: readonly string[]): Promise<void> {
  await using database = await openUrl(url);
  for (const statement of statements) await database.run({ sql: statement }, []);
}

/** The accounts are there: what each start says of them would be a write of the replica's own. */
async function makeNoAccounts({ directory }: ServerPlace): Promise<void> {
  await writeOwn(join(directory, 'init.sql'), 'set @nothing = 0;\n');
}

async function writeOwn(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  await giveToServerUser(file);
}
