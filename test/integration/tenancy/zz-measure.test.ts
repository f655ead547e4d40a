import { test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { makeAccount } from '../../servers/make-account.ts';
import { countingProxy } from './counting-proxy.ts';
import { integer, table, tenant, text } from '../../../src/index.ts';
const plain = table('plain', { id: integer().primaryKey(), body: text() });
const bound = table('bound', { id: integer().primaryKey(), ...tenant(integer()), body: text() });
describeEachServer('measure', (server) => {
  test('x', async () => {
    const { url } = await server.database();
    await using owner = await connect({ plain, bound }, localSettings(url));
    await createSchema(owner, { plain, bound });
    await using account = await makeAccount(server, url);
    await account.letWrite('plain', 'bound');
    for (const delay of [0, 1]) {
      const u = new URL(account.url);
      await using proxy = await countingProxy(u.hostname, Number(u.port), delay);
      if (delay > 0) u.port = String(proxy.port);
      await using db = await connect({ plain, bound }, localSettings(u.href));
      const a = db.repository(plain), b = db.forTenant(7).repository(bound);
      if (delay === 0) { await a.insert({ id: 1, body: 'x' }); await b.insert({ id: 1, body: 'x' }); }
      const run = async (f: () => Promise<unknown>): Promise<number> => { const t = performance.now(); for (let i = 0; i < 300; i++) await f(); return (performance.now() - t) / 300; };
      const med = (x: number[]): number => x.toSorted((p, q) => p - q)[Math.floor(x.length / 2)] ?? 0;
      const A: number[] = [], B: number[] = [];
      for (let i = 0; i < 9; i++) { A.push(await run(() => a.get(1))); B.push(await run(() => b.get(1))); }
      console.log('delay each way', delay, 'unbound', med(A).toFixed(3), 'bound', med(B).toFixed(3), 'ratio', (med(B) / med(A)).toFixed(2));
    }
  }, 120_000);
});
