import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { Finding } from '../../../src/migration/lint/finding.ts';
import { foldRevisions } from '../../../src/migration/plan/revision-plan.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { measureRevision } from '../../../src/ops/lint/measure-revision.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { scratchPlace } from '../compare/scratch-place.ts';
import { addColumn, bookshop, rawSql, revision } from '../migration/history.ts';

const before = foldRevisions(bookshop);

async function measured(
  server: TestServer,
  up: readonly Change[],
  more: Partial<LoadedRevision> = {},
): Promise<readonly Finding[]> {
  await using temporary = await server.database();
  const next = { ...revision('next', ['r3'], up), ...more };
  return await measureRevision(next, scratchPlace(server, temporary.url), { file: 'next.ts', source: '', before });
}

const byHand = (sql: string): readonly Change[] => [rawSql(sql, 'select 1')];

describeServers(['postgresql'], 'measured by its effect', (server) => {
  test.each([
    [
      'a check that reads all rows',
      'alter table book add constraint c check (id is not null)',
      ['blocks-writers-while-reading'],
    ],
    ['a check that reads none', 'alter table book add constraint c check (id is not null) not valid', []],
    [
      'a table that is written anew',
      'alter table book add column token uuid default gen_random_uuid()',
      ['blocks-writers-while-reading', 'rewrites-table'],
    ],
    ['a table that nobody named', 'drop table book', ['strong-lock-on-partner']],
  ])('%s', async (_what, sql, expected) => {
    const codes = new Set((await measured(server, byHand(sql))).map(({ code }) => code));

    expect([...codes]).toEqual(expected);
  });

  test('what Rowhouse plans online stops no writer', async () => {
    const up: readonly Change[] = [
      addColumn('author', 'slogan'),
      {
        kind: 'create-index',
        table: { name: 'book' },
        index: { name: 'book_again', unique: false, keys: [{ column: 'title' }] },
      },
    ];

    expect(await measured(server, up)).toEqual([]);
  });

  test('what the revision allows is no finding', async () => {
    const allow = [{ code: 'blocks-writers-while-reading', reason: 'the table is small' }];

    const sql = 'alter table book add constraint c check (id is not null)';
    expect(await measured(server, byHand(sql), { allow })).toEqual([]);
  });
});

describeServers(['sqlite'], 'a server that cannot be asked', (server) => {
  test('says so', async () => {
    await expect(measured(server, byHand('drop table book'))).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
  });
});
