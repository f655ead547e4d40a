import { expect, test } from 'vitest';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { diffCatalogs } from '../../../src/catalog/diff/diff-catalogs.ts';
import { makeCatalog } from '../../../src/database/make-catalog.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { readStructure } from '../../../src/ops/compare/read-structure.ts';
import { structureDifferences } from '../../../src/ops/compare/structure-differences.ts';
import { bigint, enumType, integer, text } from '../../../src/schema/column/types.ts';
import { declaredRenames } from '../../../src/schema/declared-renames.ts';
import { catalogOf, type SchemaModule } from '../../../src/schema/schema.ts';
import { sequence } from '../../../src/schema/sequence.ts';
import { check, index } from '../../../src/schema/table/members.ts';
import { table } from '../../../src/schema/table/table.ts';
import { view } from '../../../src/schema/view.ts';
import { id, sql } from '../../../src/sql/sql.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { revision } from './history.ts';
import { openBench, type Bench } from './open-bench.ts';

/** A table with all that stands on it, in a namespace or in the default one. */
function billing(namespace: string | undefined, renamedFrom?: string): SchemaModule {
  const home = namespace === undefined ? {} : { namespace };
  const state = enumType('state', ['open', 'paid'], home);
  const number = sequence('number', home);
  const invoice = table(
    'invoice',
    {
      id: bigint().identity().primaryKey(),
      state: state().default('open'),
      total: integer(),
      note: text({ max: 9 }).null(),
    },
    (t) => [index(t.note), check('invoice_total', sql`${t.total} >= 0`)],
    { ...home, ...(renamedFrom === undefined ? {} : { renamedFrom }) },
  );
  const line = table('line', { id: integer().primaryKey(), invoiceId: bigint().references(() => invoice.id) });
  const from = namespace === undefined ? id('invoice') : sql`${id(namespace)}.${id('invoice')}`;
  const open = view('open_invoice', { total: integer() }, sql`select total from ${from} where total > 0`, home);
  return { state, number, invoice, line, open };
}

const moves = {
  'from one namespace to another': [billing('billing'), billing('archive', 'billing.invoice')],
  'out of the default namespace': [billing(undefined), billing('archive', '.invoice')],
  'into the default namespace': [billing('billing'), billing(undefined, 'billing.invoice')],
} as const;

describeServers(['postgresql-15', 'postgresql-16', 'postgresql-18'], 'a table that goes', (server) => {
  test.each(Object.entries(moves))('%s takes all along, and comes back', async (_title, [before, after]) => {
    await using temporary = await server.database();
    await using fresh = await server.database();
    await using bench = await openBench(temporary.url, []);
    await using wanted = await openBench(fresh.url, []);
    const [start, target] = [catalogOf(before), catalogOf(after)];
    const decisions = { renames: declaredRenames(after), drops: [] };
    const changes = diffCatalogs(start, target, decisions);
    const first = revision('r1', [], createCatalog(start));
    const context = bench.with([first, revision('r2', ['r1'], changes)]);
    await upgrade(context, 'r1');
    const [from, to] = [homeOf(start), homeOf(target)];
    await bench.database.run({ sql: `insert into ${from}invoice (total) values (5), (7)` }, []);
    await bench.database.run({ sql: `select nextval('${from}number'), nextval('${from}number')` }, []);
    const old = await structure(bench);

    await upgrade(context);

    await wanted.database.pinned(async (session) => await makeCatalog(session, target));
    expect(structureDifferences(await structure(bench), await structure(wanted))).toEqual([]);
    expect(await rows(bench, `select total::text from ${to}invoice order by 1`)).toEqual([['5'], ['7']]);
    expect(await rows(bench, `insert into ${to}invoice (total) values (9) returning id::text`)).toEqual([['3']]);
    expect(await rows(bench, `select nextval('${to}number')::text`)).toEqual([['3']]);
    expect(diffCatalogs(target, target, decisions)).toEqual([]);
    expect(changes.filter(({ kind }) => kind === 'create-table' || kind === 'drop-table')).toEqual([]);

    await downgrade(context);

    expect(structureDifferences(await structure(bench), old)).toEqual([]);
    expect(await rows(bench, `select count(*)::text from ${from}invoice`)).toEqual([['3']]);
  });

  test('keeps nobody waiting for its rows', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    const [before, after] = moves['from one namespace to another'];
    const changes = diffCatalogs(catalogOf(before), catalogOf(after), { renames: declaredRenames(after), drops: [] });
    const context = bench.with([revision('r1', [], createCatalog(catalogOf(before))), revision('r2', ['r1'], changes)]);
    await upgrade(context, 'r1');
    await bench.database.run({ sql: 'insert into billing.invoice (total) select generate_series(1, 5000)' }, []);
    const files = async (): Promise<unknown> =>
      await rows(bench, `select relfilenode::text from pg_class where relname like 'invoice%' order by relname`);
    const written = await files();

    await upgrade(context);

    expect(await files()).toEqual(written);
  });
});

describeEachServer('an engine without namespaces', (server) => {
  test('says so of a table that is to go to one', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, []);
    const things = table('thing', { id: integer().primaryKey() });
    const first = revision('r1', [], createCatalog(catalogOf({ things })));
    const move = { kind: 'move-object', of: 'table', object: { name: 'thing' } } as const;
    const second = revision(
      'r2',
      ['r1'],
      [
        { kind: 'create-namespace', name: 'away' },
        { ...move, to: { namespace: 'away', name: 'thing' } },
      ],
    );
    await upgrade(bench.with([first]));

    const moved = upgrade(bench.with([first, second]));

    if (bench.dialect.traits.namespaces) expect((await moved).revisions.map(({ id: name }) => name)).toEqual(['r2']);
    else await expect(moved).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
  });
});

function homeOf({ tables }: ReturnType<typeof catalogOf>): string {
  const namespace = tables.find(({ name }) => name === 'invoice')?.namespace;
  return namespace === undefined ? '' : `${namespace}.`;
}

async function structure({ database }: Bench): ReturnType<typeof readStructure> {
  return await database.pinned(async (session) => await readStructure(session));
}

async function rows({ database }: Bench, text: string): Promise<readonly (readonly unknown[])[]> {
  return (await database.run({ sql: text }, [])).rows;
}
