import { expect, test } from 'vitest';
import { catalogOf } from '../../../src/schema/schema.ts';
import { createCatalog } from '../../../src/catalog/change/create-catalog.ts';
import { Ledger } from '../../../src/migration/ledger/ledger.ts';
import { defaultLedgerName } from '../../../src/migration/ledger/ledger-table.ts';
import type { RevisionProof } from '../../../src/migration/prove/proof.ts';
import { loadRevisions } from '../../../src/migration/revision/load-revisions.ts';
import { RevisionGraph } from '../../../src/migration/revision/revision-graph.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { proveRevisions } from '../../../src/ops/prove/prove-revisions.ts';
import { check, unique } from '../../../src/schema/table/members.ts';
import { integer, text, uuid } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { scratchPlace } from '../compare/scratch-place.ts';
import { addColumn, bookshop, rawSql, revision } from '../migration/history.ts';

async function prove(
  server: TestServer,
  revisions: readonly LoadedRevision[],
  wanted: readonly LoadedRevision[] = revisions,
): Promise<readonly RevisionProof[]> {
  await using temporary = await server.database();
  const ledger = new Ledger(defaultLedgerName, { project: 'shop', service: 'app', actor: 'tester', toolVersion: '0' });
  const graph = new RevisionGraph(revisions);
  return await proveRevisions({ graph, wanted: new Set(wanted), place: scratchPlace(server, temporary.url), ledger });
}

const particular = table(
  'reading',
  {
    id: uuid().primaryKey(),
    grade: integer(),
    low: integer(),
    high: integer(),
    state: text({ max: 8 }),
    parent: uuid().null(),
  },
  (t) => [
    check('reading_grade', sql`${t.grade} between 41 and 43`),
    check('reading_range', sql`${t.low} < ${t.high}`),
    check('reading_state', sql`${t.state} in ('open', 'closed')`),
    unique([t.low]),
  ],
);

/** A proof runs three times what it proves: one server of each engine is enough. */
const oneOfEach = ['postgresql-15', 'mysql-9.7', 'mariadb', 'sqlite-node'];

describeServers(oneOfEach, 'a proof', (server) => {
  test('takes each revision up, down and up again, with rows in its tables and the time of each statement', async () => {
    const proofs = await prove(server, bookshop);

    expect(proofs.map((proof) => proof.revision.id)).toEqual(['r1', 'r2', 'r3']);
    expect(proofs.map((proof) => [proof.reversible, proof.comparedWith])).toEqual(proofs.map(() => [true, 'catalog']));
    expect(proofs[1]?.filled).toEqual([
      { table: 'author', rows: 8 },
      { table: 'book', rows: 8 },
    ]);
    const statements = proofs.flatMap((proof) => proof.statements);
    expect(statements.filter(({ direction }) => direction === 'down').length).toBeGreaterThan(2);
    expect(statements.some(({ ms }) => ms > 0)).toBe(true);
  });

  test('finds rows for tables whose checks let few values pass', async () => {
    const history = [
      revision('r1', [], createCatalog(catalogOf({ particular }))),
      revision('r2', ['r1'], [addColumn('reading', 'remark')]),
    ];

    const [, second] = await prove(server, history);

    expect(second?.filled).toEqual([{ table: 'reading', rows: expect.any(Number) as number }]);
    expect(second?.filled[0]?.rows).toBeGreaterThan(0);
  });

  test('fails where the way down does not lead back, and names the revision, the direction and the column', async () => {
    const wrong = revision('r2', ['r1'], [addColumn('author', 'motto')], {
      down: [{ kind: 'drop-index', table: { name: 'book' }, name: 'book_title_idx' }],
    });

    const proof = prove(server, [bookshop[0] ?? wrong, wrong]);

    await expect(proof).rejects.toMatchObject({
      code: 'PROOF_FAILED',
      message: expect.stringMatching(/^revision r2 .*, down: the database /) as string,
      details: {
        revision: 'r2',
        direction: 'down',
        differences: expect.arrayContaining([expect.stringMatching(/author.*motto/)]) as string[],
      },
    });
  });

  test('fails where rows are lost on the way', async () => {
    const wrong = revision('r2', ['r1'], [addColumn('author', 'motto')], {
      down: [
        { kind: 'drop-column', table: { name: 'author' }, column: 'motto' },
        { kind: 'raw-sql', up: { any: 'delete from book' } },
      ],
    });

    const proof = prove(server, [bookshop[0] ?? wrong, wrong]);

    await expect(proof).rejects.toMatchObject({
      code: 'PROOF_FAILED',
      message: expect.stringMatching(/down: book has 0 rows instead of 8/) as string,
    });
  });

  test('of a revision without a way down goes up only and says so', async () => {
    const oneWay = revision('r2', ['r1'], [{ kind: 'raw-sql', up: { any: 'create table by_hand (id integer)' } }]);

    const [proof] = await prove(server, [bookshop[0] ?? oneWay, oneWay], [oneWay]);

    expect(proof).toMatchObject({ reversible: false, comparedWith: 'revisions' });
  });

  test('of SQL by hand that does not undo itself fails', async () => {
    const wrong = revision('r1', [], [rawSql('create table by_hand (id integer)', 'select 1')]);

    await expect(prove(server, [wrong])).rejects.toMatchObject({
      message: expect.stringMatching(/down: the database has table .*by_hand/) as string,
    });
  });
});

describeServers(['postgresql'], 'a proof on PostgreSQL', (server) => {
  test('tells the lock of each statement, what it writes anew and how many rows it reads', async () => {
    const history = [
      ...bookshop,
      revision(
        'r4',
        ['r3'],
        [rawSql('alter table book alter column id type bigint', 'alter table book alter column id type integer')],
      ),
    ];

    const proofs = await prove(server, history);

    const effects = proofs.at(-1)?.statements.flatMap((statement) => statement.effects ?? []) ?? [];
    expect(effects.flatMap(({ locks }) => locks.map(({ blocks }) => blocks))).toContain('everybody');
    expect(effects.flatMap(({ rewrites }) => rewrites.map(({ table: name }) => name))).toContain('book');
    // all eight rows, once for the table and once for each index that is made anew
    expect(Math.max(...effects.flatMap(({ scans }) => scans.map(({ rows }) => rows)))).toBeGreaterThanOrEqual(8);
  });
});

const examples = [
  'examples/todo/migrations',
  'examples/rowhouse/services/auth/migrations',
  'examples/rowhouse/services/user/migrations',
  'examples/rowhouse/services/gateway/migrations',
  'examples/todo-history/migrations',
];

describeServers(oneOfEach, 'the examples', (server) => {
  test.each(examples)('are proven: %s', async (directory) => {
    const { ordered } = await loadRevisions(directory);

    const proofs = await prove(server, ordered);

    expect(proofs.length).toBeGreaterThan(0);
    expect(proofs.every(({ reversible }) => reversible)).toBe(true);
  });
});
