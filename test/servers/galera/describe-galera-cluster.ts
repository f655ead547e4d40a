import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedDatabase, type SharedDatabase } from './shared-database.ts';
import { startGaleraCluster, type GaleraCluster } from '../galera.ts';
import { isWanted } from '../wanted.ts';
import { findGalera } from './installation.ts';

/** What a body of tests gets of its cluster. In a test or hook, not while tests are collected. */
export interface TestCluster extends Pick<GaleraCluster, 'kill' | 'start'> {
  /** A database that nobody else has, by its URL on each node. */
  database(): Promise<SharedDatabase>;
}

const name = 'mariadb-galera';

const nodes = 3;

/** Runs a body of tests on a cluster of its own. Where there is none, its reason is a skipped test, and with CI=true a failed one. */
export function describeGaleraCluster(title: string, body: (cluster: TestCluster) => void): void {
  if (!isWanted(name)) return;
  describe(`${title} (${name})`, async () => {
    const galera = await findGalera();
    if ('missing' in galera) return refuse(galera.missing);
    let running: GaleraCluster | undefined;
    const get = (): GaleraCluster => {
      if (running === undefined) throw new Error(`${name} runs only while tests do: ask for it in a test or hook`);
      return running;
    };
    beforeAll(async () => {
      running = await startGaleraCluster({ nodes });
    });
    afterAll(async () => await running?.[Symbol.asyncDispose]());
    body({
      kill: async (index) => await get().kill(index),
      start: async (index) => await get().start(index),
      database: async () => await sharedDatabase(Array.from({ length: nodes }, (_, index) => get().node(index))),
    });
  });
}

function refuse(reason: string): void {
  if (process.env['CI'] === 'true') test(reason, () => expect.fail('with CI=true every required server must be there'));
  else test.skip(reason, () => undefined);
}
