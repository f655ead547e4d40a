import { expect, test } from 'vitest';
import type { Database } from '../../../src/database/database.ts';
import { makeCatalog } from '../../../src/database/make-catalog.ts';
import { foldRevisions } from '../../../src/migration/plan/revision-plan.ts';
import { compareDatabases } from '../../../src/ops/compare/compare-databases.ts';
import { loadScript } from '../../../src/ops/compare/load-script.ts';
import { makeRevisions } from '../../../src/ops/compare/make-revisions.ts';
import { openSource, type Source } from '../../../src/ops/compare/source.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { bookshop } from '../migration/history.ts';
import { scratchPlace } from './scratch-place.ts';

const revisions: Source = { kind: 'definition', make: async (session) => await makeRevisions(session, bookshop) };
const catalog: Source = {
  kind: 'definition',
  make: async (session) => await makeCatalog(session, foldRevisions(bookshop)),
};

function scriptSource(script: string): Source {
  return { kind: 'definition', make: async (session) => await loadScript(session, script) };
}

async function run(database: Database, statements: readonly { readonly sql: string }[]): Promise<void> {
  await database.pinned(async (session) => {
    for (const { sql } of statements) await session.script(sql);
  });
}

describeEachServer('two databases', (server) => {
  test('are equal when one was made by the revisions and the other by what they fold to', async () => {
    await using temporary = await server.database();
    const place = scratchPlace(server, temporary.url);
    await using byRevisions = await openSource(revisions, place);
    await using byCatalog = await openSource(catalog, place);

    expect(await compareDatabases(byRevisions.database, byCatalog.database)).toEqual([]);
    expect(place.opened).toHaveLength(2);
  });

  test('are equal after the statements between them have run, and then there is nothing left to do', async () => {
    await using temporary = await server.database();
    const place = scratchPlace(server, temporary.url);
    await using empty = await openSource({ kind: 'database', place }, place);
    await using wanted = await openSource(catalog, place);

    const statements = await compareDatabases(empty.database, wanted.database, { safe: 'plain' });
    await run(empty.database, statements);

    expect(statements.length).toBeGreaterThan(3);
    expect(await compareDatabases(empty.database, wanted.database)).toEqual([]);
    expect(await compareDatabases(wanted.database, empty.database)).toEqual([]);
  });

  test('lose rows by no statement that does not say so, and none at all where drops are left out', async () => {
    await using temporary = await server.database();
    const place = scratchPlace(server, temporary.url);
    const shelf = 'create table shelf (id integer primary key';
    const drawer = 'create table drawer (id integer primary key)';
    await using before = await openSource(scriptSource(`${shelf}, label varchar(40)); ${drawer}`), place);
    await using after = await openSource(scriptSource(`${shelf})`), place);

    const statements = await compareDatabases(before.database, after.database);
    const kept = await compareDatabases(before.database, after.database, { skipDrops: true });

    const lost = statements.flatMap(({ loses = [] }) => loses);
    expect(
      new Set(lost.map(({ table, column = 'rows' }) => `${table}: ${column}`.replaceAll(/public|["`.]/g, ''))),
    ).toEqual(new Set(['drawer: rows', 'shelf: label']));
    expect(kept).toEqual([]);
  });

  test('are made from a script whose statements need each other in any order', async () => {
    await using temporary = await server.database();
    const place = scratchPlace(server, temporary.url);
    const table = 'create table shelf (id integer primary key, label varchar(40))';
    const view = "create view labels as select label from shelf where label <> ';'";
    await using backwards = await openSource(scriptSource(`-- a view; then its table\n${view};\n${table};`), place);
    await using forwards = await openSource(scriptSource(`${table};${view}`), place);

    expect(await compareDatabases(backwards.database, forwards.database)).toEqual([]);
  });

  test('are refused when a statement of the script runs in no order', async () => {
    await using temporary = await server.database();
    const place = scratchPlace(server, temporary.url);
    const script = 'create table shelf (id integer primary key); create tabel drawer (id integer)';

    await expect(openSource(scriptSource(script), place)).rejects.toMatchObject({
      code: 'SCRATCH_FAILED',
      details: { statement: 'create tabel drawer (id integer)', failed: 1 },
    });
  });
});
