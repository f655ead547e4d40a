import { expect, test } from 'vitest';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import { emptyCatalog } from '../../../src/catalog/model/catalog.ts';
import { id, integer, sql, table, tenant, text } from '../../../src/index.ts';
import { foldRevisions } from '../../../src/migration/plan/revision-plan.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { catalogOf } from '../../../src/schema/schema.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { makeAccount } from '../../servers/make-account.ts';
import { openUrl } from '../database/open-url.ts';
import { revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';

const before = catalogOf({ notes: table('note', { id: integer().primaryKey(), body: text({ max: 20 }) }) });
const after = catalogOf({
  notes: table('note', { id: integer().primaryKey(), ...tenant(integer()), body: text({ max: 20 }) }),
});

const rows = {
  any: "insert into note (id, tenant_id, body) values (1, 7, 'old'), (2, 8, 'old')",
};
const backfill = { any: "update note set body = 'new'" };

const revisions = [
  revision('table', [], diffCatalogs(emptyCatalog, before)),
  revision('tenants', ['table'], diffCatalogs(before, after)),
  revision('rows', ['tenants'], [{ kind: 'raw-sql', up: rows, down: { any: 'delete from note' } }]),
  revision('backfill', ['rows'], [{ kind: 'raw-sql', up: backfill, down: backfill }]),
];

/** An account that owns what it makes and no superuser, where the server has such. */
async function ownerUrl(server: TestServer, url: string): Promise<string> {
  if (server.engine !== 'postgresql') return url;
  const account = await makeAccount(server, url);
  await using database = await openUrl(url);
  await database.run({ sql: `grant create, usage on schema public to ${account.user}` }, []);
  return account.url;
}

describeEachServer('a migration that gives a table tenants', (server) => {
  test('fences it, reaches the rows of all in later revisions, and is taken back', async () => {
    const { url } = await server.database();
    await using bench = await openBench(await ownerUrl(server, url), revisions);
    const bodies = async (): Promise<unknown> =>
      (await bench.database.unscoped('test').query(sql`select body from ${id('note')}`)).map(({ body }) => body);
    await upgrade(bench.context, 'table');
    const first = await bench.inspect();

    await upgrade(bench.context);
    const found = await bodies();
    const fenced = await bench.inspect();
    await downgrade(bench.context, 'table');
    const again = await bench.inspect();
    await upgrade(bench.context);

    expect(found).toEqual(['new', 'new']);
    expect(again).toEqual(first);
    expect(await bench.inspect()).toEqual(fenced);
    expect(diffCatalogs(foldRevisions(revisions.slice(0, 2)), after)).toEqual([]);
    const fences = fenced.raw.filter(({ type }) => type === 'policy' || type === 'row security');
    expect(fences).toHaveLength(server.engine === 'postgresql' ? 2 : 0);
  });
});
