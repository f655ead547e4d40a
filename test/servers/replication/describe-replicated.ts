import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findInstallations } from '../../../src/testing/server/installation.ts';
import { serverKinds } from '../../../src/testing/servers/server-kinds.ts';
import { until } from '../../../src/testing/server/until.ts';
import { connectorFor, openUrl } from '../../integration/database/open-url.ts';
import type { Database } from '../../../src/database/database.ts';
import type { OpenOptions } from '../../../src/database/open-database.ts';
import { startReplicated, type ReplicatedNode, type ReplicatedServer } from './start-replicated.ts';
import { runAll } from './replicated-kind.ts';

/** What a body of tests gets. In a test or hook, not while tests are collected. */
export interface TestReplication {
  readonly engine: string;
  readonly primary: ReplicatedNode;
  /** By its number, counted from 0. */
  replica(index: number): ReplicatedNode;
  /** A new database on the primary that every replica has too. */
  database(): Promise<string>;
  /** Opens it with all replicas, which are looked at every 100 ms. */
  open(name: string, options?: Partial<OpenOptions>): Promise<Database>;
}

/** Engines of which two servers can follow a third. */
const names = ['postgresql-15', 'postgresql-18', 'mariadb', 'mysql-9.7'];

const replicas = 2;

/** Runs a body of tests on a primary with two replicas, for each engine that replicates. */
export function describeReplicated(title: string, body: (servers: TestReplication) => void): void {
  for (const known of inject('servers').filter(({ name }) => names.includes(name))) {
    describe(`${title} (${known.name})`, () => {
      const { program } = known;
      if (program === undefined) return refuse(known.missing ?? known.name);
      let running: ReplicatedServer | undefined;
      const get = (): ReplicatedServer => {
        if (running === undefined) throw new Error(`${known.name} runs only while tests do`);
        return running;
      };
      beforeAll(async () => {
        const kind = serverKinds[program.engine];
        const installation = (await findInstallations(kind)).find(({ version }) => version === program.version);
        if (installation === undefined) throw new Error(`${known.name} has gone`);
        running = await startReplicated(kind, installation, { replicas });
      });
      afterAll(async () => await running?.[Symbol.asyncDispose]());
      body({
        engine: known.engine,
        get primary() {
          return get().primary;
        },
        replica: (index) => replicaOf(get(), index),
        database: async () => await makeDatabase(get(), serverKinds[program.engine].defaultDatabase),
        open: async (name, options) => await open(get(), name, options),
      });
    });
  }
}

function replicaOf({ replicas: all }: ReplicatedServer, index: number): ReplicatedNode {
  const replica = all[index];
  if (replica === undefined) throw new RangeError(`there is no replica ${index}`);
  return replica;
}

async function makeDatabase(server: ReplicatedServer, administrative: string): Promise<string> {
  const name = `replicated_${randomBytes(4).toString('hex')}`;
  await runAll(server.primary.url(administrative), [`create database ${name}`]);
  for (const replica of server.replicas) {
    const isThere = async (): Promise<boolean> =>
      await openUrl(replica.url(name)).then(
        async (database) => {
          await database.close();
          return true;
        },
        () => false,
      );
    if (!(await until(isThere, { withinMs: 30_000 }))) throw new Error('the replica does not follow its primary');
  }
  return name;
}

async function open(server: ReplicatedServer, name: string, options: Partial<OpenOptions> = {}): Promise<Database> {
  const targets = await Promise.all(
    server.replicas.map(async (replica) => (await connectorFor(replica.url(name))).target),
  );
  return await openUrl(server.primary.url(name), {
    replicas: targets,
    replica: { checkEveryMs: 100, maxLagMs: 1000 },
    ...options,
  });
}

function refuse(reason: string): void {
  if (process.env['CI'] === 'true') test(reason, () => expect.fail('with CI=true every required server must be there'));
  else test.skip(reason, () => undefined);
}
