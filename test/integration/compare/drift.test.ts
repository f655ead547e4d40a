import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { foldRevisions, planUp } from '../../../src/migration/plan/revision-plan.ts';
import { loadRevisions } from '../../../src/migration/revision/load-revisions.ts';
import { renderRevision } from '../../../src/migration/revision/write-revision.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { absorbDrift, type AbsorbedDrift } from '../../../src/ops/compare/absorb-drift.ts';
import { findDrift } from '../../../src/ops/compare/find-drift.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { addColumn, bookshop, createTable, revision } from '../migration/history.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';
import { scratchPlace, type WatchedPlace } from './scratch-place.ts';

async function byHand({ database }: Bench, ...statements: readonly string[]): Promise<void> {
  await database.pinned(async (session) => {
    for (const sql of statements) await session.script(sql);
  });
}

async function differences(bench: Bench, place: WatchedPlace): Promise<readonly string[]> {
  const { database, context } = bench;
  const found = await findDrift({ database, place, histories: [context] });
  return found.differences.map(({ change, object, attributes = [] }) =>
    [
      change,
      object,
      ...(change === 'changed' ? attributes.map(({ name }) => name) : [JSON.stringify(attributes)]),
    ].join(' '),
  );
}

describeEachServer('drift', (server) => {
  test('is nothing right after the revisions have run, the tables of Rowhouse aside', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);

    expect(await differences(bench, scratchPlace(server, temporary.url))).toEqual([]);
  });

  test('names a column and an index that were made by hand, and one that was dropped', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    await byHand(
      bench,
      'alter table book add column pages integer',
      'create index pages_by_hand on book (pages)',
      server.engine === 'postgresql' || server.engine === 'sqlite'
        ? 'drop index author_motto_idx'
        : 'drop index author_motto_idx on author',
    );

    const found = (await differences(bench, scratchPlace(server, temporary.url))).join('\n');

    expect(found).toMatch(/^(?:added column \S*book\S*pages|changed table \S*book .*columns\.pages)/m);
    expect(found).toMatch(/^added \S+ \S*pages_by_hand/m);
    expect(found).toMatch(/^missing \S+ \S*author_motto_idx/m);
  });

  test('is a question that nobody can answer while a revision is unknown', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, bookshop);
    await upgrade(bench.context);
    const behind = bench.with(bookshop.slice(0, 2));
    const question = { database: bench.database, place: scratchPlace(server, temporary.url), histories: [behind] };

    await expect(findDrift(question)).rejects.toMatchObject({ code: 'LEDGER_AHEAD', details: { revision: 'r3' } });
    expect(question.place.opened).toEqual([]);
  });

  test('is gone once it is absorbed: the new revision makes it, here by its record and elsewhere by being run', async () => {
    await using absorbing = await openAbsorbing(server);
    const { bench, place, directory } = absorbing;
    await byHand(bench, 'alter table shelf add column room integer', 'create index shelf_by_hand on shelf (label)');

    const made = await absorbing.absorb();

    expect(made.files).toHaveLength(1);
    expect(await readFile(made.files[0] ?? '', 'utf8')).toMatch(/kind: 'add-column'[^]*kind: 'create-index'/);
    const { ordered } = await loadRevisions(directory);
    const absorbed = bench.with(ordered);
    expect((await findDrift({ database: bench.database, place, histories: [absorbed] })).differences).toEqual([]);
    expect((await upgrade(absorbed)).revisions).toEqual([]);
    await using elsewhere = await server.database();
    await using other = await openBench(elsewhere.url, ordered);
    await upgrade(other.context);
    expect(await other.inspect()).toEqual(await bench.inspect());
    await downgrade(other.context, 'base');
    expect((await other.inspect()).tables).toEqual([]);
  });
});

interface Absorbing extends AsyncDisposable {
  readonly bench: Bench;
  readonly place: WatchedPlace;
  readonly directory: string;
  absorb(): Promise<AbsorbedDrift>;
}

/** A database with one revision applied, whose file is in a directory of its own. */
async function openAbsorbing(server: TestServer): Promise<Absorbing> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-drift-'));
  const { id, parents, message, up } = revision('r1', [], [createTable('shelf'), addColumn('shelf', 'label')]);
  await writeFile(join(directory, '1.ts'), renderRevision({ id, parents, message, up }));
  const temporary = await server.database();
  const bench = await openBench(temporary.url, (await loadRevisions(directory)).ordered);
  const place = scratchPlace(server, temporary.url);
  await upgrade(bench.context);
  return {
    bench,
    place,
    directory,
    async absorb() {
      const question = { database: bench.database, place, histories: [bench.context] };
      const options = { message: 'by hand', directory, at: new Date(0) };
      return await absorbDrift(await findDrift(question), question, bench.context, options);
    },
    async [Symbol.asyncDispose]() {
      await bench[Symbol.asyncDispose]();
      await temporary[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}

const doubled = (factor: number): Change => {
  const body = `create function doubled(n integer) returns integer language sql immutable as $$ select n * ${factor} $$`;
  return { kind: 'raw-sql', up: { postgresql: body }, down: { postgresql: 'drop function doubled(integer)' } };
};

describeServers(['postgresql'], 'drift on PostgreSQL', (server) => {
  test('names a grant on a column and the body of a function that were changed by hand', async () => {
    await using temporary = await server.database();
    const history = [...bookshop, revision('r4', ['r3'], [doubled(2)])];
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context);
    await byHand(
      bench,
      'grant select (title) on book to pg_monitor',
      'create or replace function doubled(n integer) returns integer language sql immutable as $$ select n * 3 $$',
    );

    const found = (await differences(bench, scratchPlace(server, temporary.url))).join('\n');

    expect(found).toMatch(/title/);
    expect(found).toMatch(/pg_monitor|acl|grant|privilege/i);
    expect(found).toMatch(/^changed \S+ \S*doubled/m);
  });
});

describeServers(['postgresql'], 'absorbed drift on PostgreSQL', (server) => {
  test('is planned online like any other, and what the catalog has no words for comes behind it', async () => {
    await using absorbing = await openAbsorbing(server);
    const { bench, place, directory } = absorbing;
    await byHand(
      bench,
      'create index shelf_by_hand on shelf (label)',
      'alter table shelf add constraint shelf_label_short check (length(label) < 30)',
      'grant select (label) on shelf to pg_monitor',
    );

    const made = await absorbing.absorb();

    const { ordered } = await loadRevisions(directory);
    const plans = ordered.map((one, position) => planUp(one, foldRevisions(ordered.slice(0, position)), bench.dialect));
    const [, modelled = '', rest = ''] = plans.map(({ statements }) => statements.map(({ sql }) => sql).join(';\n'));
    expect(made.ids).toEqual(ordered.slice(1).map(({ id }) => id));
    expect(modelled).toMatch(/create index concurrently/);
    expect(modelled).toMatch(/not valid;[^]*validate constraint/);
    expect(rest).toMatch(/^grant select .*pg_monitor/i);
    const question = { database: bench.database, place, histories: [bench.with(ordered)] };
    expect((await findDrift(question)).differences).toEqual([]);
  });
});

describeServers(['mysql', 'mariadb'], 'drift on MySQL', (server) => {
  test('names the body of a function that was changed by hand', async () => {
    await using temporary = await server.database();
    const create = (factor: number): string =>
      `create function doubled(n integer) returns integer deterministic return n * ${factor}`;
    const change: Change = { kind: 'raw-sql', up: { mysql: create(2) }, down: { mysql: 'drop function doubled' } };
    await using bench = await openBench(temporary.url, [revision('r1', [], [change])]);
    await upgrade(bench.context);
    await byHand(bench, 'drop function doubled', create(3));

    const found = await differences(bench, scratchPlace(server, temporary.url));

    expect(found.join('\n')).toMatch(/^changed \S+ \S*doubled/m);
  });
});
