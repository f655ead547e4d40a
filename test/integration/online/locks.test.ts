import { expect, test } from 'vitest';
import { refuseOverBudget } from '../../../src/dialect/effect-budget.ts';
import type { Effects } from '../../../src/dialect/effects.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';
import { segments } from './run-segments.ts';
import { shopChanges } from './shop-changes.ts';
import { prepareShop, shop } from './shop.ts';

/** What PostgreSQL cannot do without keeping others out while it reads: the statement carries a note that says so. */
const rewriting = ['a column that is computed', 'an unlogged table'];
/** Reads no more than one row, the one with the highest number, through the index of the key. */
const oneRow = ['numbering'];

describeServers(['postgresql-15', 'postgresql-18'], 'the online form of a change', (server) => {
  test.each(shopChanges)('makes %s and reads no rows while others wait', async (title, change) => {
    await using database = await server.database({ key: 'online shop', prepare: prepareShop });
    await using open = await openConnection(database.url);
    await using observer = await openConnection(database.url);
    const statements = open.dialect.definition.compile(change, shop, { safe: 'online' });
    const rowsReadUnderLock = oneRow.includes(title) ? 1 : 0;

    const found: { readonly sql: string; readonly effects: Effects }[] = [];
    for (const segment of segments(statements)) {
      const sql = segment.map((statement) => statement.sql).join(';\n');
      const transactional = segment.every((statement) => statement.transactional);
      found.push({ sql, effects: await measure(open, { sql, transactional }, observer) });
    }

    if (rewriting.includes(title)) {
      expect(statements.map(({ note }) => note)).toContainEqual(expect.stringContaining('rewrites'));
      expect(found.flatMap(({ effects }) => effects.rewrites)).not.toEqual([]);
      return;
    }
    for (const { sql, effects } of found) refuseOverBudget(sql, effects, { rowsReadUnderLock, bytesRewritten: 0 });
  });

  test('is refused when it does more than it may', async () => {
    await using database = await server.database({ key: 'online shop', prepare: prepareShop });
    await using open = await openConnection(database.url);
    await using observer = await openConnection(database.url);
    const sql = 'alter table purchase alter column total type numeric';
    await open.connection.script('drop view spent');

    const effects = await measure(open, { sql, transactional: true }, observer);

    const refused = (budget: Parameters<typeof refuseOverBudget>[2]): (() => void) => {
      return () => {
        refuseOverBudget(sql, effects, budget);
      };
    };
    const exceeded = (measured: string): unknown =>
      expect.objectContaining({
        code: 'BUDGET_EXCEEDED',
        details: expect.objectContaining({ table: 'purchase', measure: measured }),
      });
    expect(refused({ lock: 'writers' })).toThrow(exceeded('lock'));
    expect(refused({ rowsReadUnderLock: 100 })).toThrow(exceeded('rows'));
    expect(refused({ bytesRewritten: 100 })).toThrow(exceeded('bytes'));
    expect(refused({ lock: 'everybody', rowsRead: 10_000, bytesRewritten: 10_000_000 })).not.toThrow();
  });

  test('is watched from outside where it commits as it goes', async () => {
    await using database = await server.database({ key: 'online shop', prepare: prepareShop });
    await using open = await openConnection(database.url);
    await using observer = await openConnection(database.url);

    const build = { sql: 'create index concurrently by_customer on purchase (customer)', transactional: false };
    const drop = { sql: 'drop index concurrently by_customer', transactional: false };

    expect(await measure(open, build, observer)).toMatchObject({
      locks: expect.arrayContaining([{ table: 'purchase', mode: 'ShareUpdateExclusiveLock', blocks: 'nobody' }]),
      rewrites: [],
      scans: [{ table: 'purchase', rows: expect.any(Number) }],
    });
    expect((await measure(open, drop, observer)).locks).toContainEqual({
      table: 'purchase',
      mode: 'ShareUpdateExclusiveLock',
      blocks: 'nobody',
    });
  });
});

async function measure(
  { dialect, connection }: OpenConnection,
  statement: { readonly sql: string; readonly transactional: boolean },
  observer: OpenConnection,
): Promise<Effects> {
  if (dialect.effects === undefined) throw new Error('nothing can be measured');
  return await dialect.effects.measure(connection, statement, observer.connection);
}
