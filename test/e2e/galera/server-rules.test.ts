import { expect, test } from 'vitest';
import { databaseCheck } from '../../../src/ops/health/database-check.ts';
import { brokenRules } from '../../../src/ops/health/broken-rules.ts';
import { createHealthRegistry } from '../../../src/ops/health/health-registry.ts';
import { sql } from '../../../src/index.ts';
import { until } from '../../../src/testing/server/until.ts';
import { describeGaleraCluster } from '../../servers/galera/describe-galera-cluster.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { galeraRules } from '../../../src/dialects/mariadb/galera-rules.ts';
import { openUrl } from '../../integration/database/open-url.ts';
import { openNodes } from './open-nodes.ts';

describeGaleraCluster('the rules of a cluster', (cluster) => {
  test('are followed by nodes that are set up as it needs', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, {});

    for (const node of nodes.all) expect(await brokenRules(node, node.dialect.serverRules ?? [])).toEqual([]);
    expect(nodes.all.map(({ dialect }) => dialect.serverRules?.length)).toEqual([3, 3, 3]);
  });

  test('name a node whose definitions would not reach the others', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, {});
    const [, node] = nodes.all;
    await node.execute(sql`set global wsrep_osu_method = 'RSU'`);

    const broken = await brokenRules(node, node.dialect.serverRules ?? []);
    await node.execute(sql`set global wsrep_osu_method = 'TOI'`);

    expect(broken).toEqual([expect.stringMatching(/^wsrep_osu_method is RSU, not TOI: a migration changes one node/)]);
  });

  test('make a node unhealthy that has lost its cluster, though it answers, until it is back', async () => {
    await using shared = await cluster.database();
    await using nodes = await openNodes(shared, {});
    const [, , node] = nodes.all;
    const health = createHealthRegistry();
    health.add('database', databaseCheck(node));
    const is = async (status: string): Promise<boolean> => (await health.run()).status === status;

    await node.execute(sql`set global wsrep_provider_options = 'gmcast.isolate=1'`);
    await until(async () => await is('unhealthy'), { withinMs: 30_000 });
    const alone = await health.run();
    const answer = await node.query(sql`select 1 as one`);
    await node.execute(sql`set global wsrep_provider_options = 'gmcast.isolate=0'`);
    await until(async () => await is('healthy'), { withinMs: 60_000 });

    expect(alone.checks).toMatchObject([
      { code: 'SERVER_UNAVAILABLE', error: expect.stringContaining('wsrep_ready is OFF, not ON') },
    ]);
    expect(answer).toEqual([{ one: 1 }]);
  });
});

describeServers(['mariadb'], 'the rules of a cluster, on a server that is none', (server) => {
  test('would be broken by its way of numbering rows', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);

    expect(database.dialect.serverRules).toBeUndefined();
    expect(await brokenRules(database, galeraRules)).toContainEqual(
      expect.stringMatching(/^innodb_autoinc_lock_mode is 1, not 2: inserts that come from other nodes/),
    );
  });
});
