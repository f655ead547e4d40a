import { expect, test } from 'vitest';
import { sql } from '../../../src/sql/sql.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { connectorFor, openUrl } from './open-url.ts';
import { startProxy, type Proxy } from './tcp-proxy.ts';

describeServers(['postgresql', 'mariadb'], 'a commit whose answer is lost', (server) => {
  test.each([
    ['the line dies after the server has the commit', 'answer', 'drop'],
    ['the line dies before the server has the commit', 'request', 'drop'],
    ['the answer never comes', 'answer', 'swallow'],
  ] as const)('%s: the outcome is found out, not guessed', async (_, direction, fate) => {
    await using temporary = await server.database();
    const { target } = await connectorFor(temporary.url);
    await using direct = await openUrl(temporary.url);
    await direct.execute(sql`create table note (id integer primary key)`);
    await using proxy = await startProxy(target.host!, target.port!);
    await using database = await openUrl(temporary.url, {
      target: { ...target, host: '127.0.0.1', port: proxy.port },
      commitTimeoutMs: 500,
    });
    let starts = 0;

    const outcome = await database
      .transaction(async (transaction) => {
        starts += 1;
        await transaction.execute(sql`insert into note values (${starts})`);
        if (starts === 1) failAtCommit(proxy, direction, fate);
      })
      .then(
        () => 'success',
        (error: { code: string }) => error.code,
      );

    const took = (await direct.query(sql`select id from note`)).length;
    if (direct.dialect.sessions.commitOutcome === undefined) {
      expect(outcome).toBe('COMMIT_OUTCOME_UNKNOWN');
      expect(took).toBe(direction === 'answer' ? 1 : 0);
      expect(starts).toBe(1);
    } else {
      expect(outcome).toBe('success');
      expect(took).toBe(1);
      expect(starts).toBe(direction === 'answer' ? 1 : 2);
    }
    expect(database.metrics().write).toMatchObject({ inUse: 0, waiting: 0 });
  });

  test('a pinned session asks over another connection', async () => {
    await using temporary = await server.database();
    const { target } = await connectorFor(temporary.url);
    await using proxy = await startProxy(target.host!, target.port!);
    await using database = await openUrl(temporary.url, { target: { ...target, host: '127.0.0.1', port: proxy.port } });
    await database.execute(sql`create table note (id integer primary key)`);

    const committing = database.pinned(
      async (session) =>
        await session.transaction(async (transaction) => {
          await transaction.execute(sql`insert into note values (1)`);
          failAtCommit(proxy, 'answer', 'drop');
        }),
    );

    if (database.dialect.sessions.commitOutcome !== undefined) await committing;
    else await expect(committing).rejects.toMatchObject({ code: 'COMMIT_OUTCOME_UNKNOWN' });
    expect(await database.query(sql`select id from note`)).toHaveLength(1);
  });

  test('hooks after commit run once the outcome is known', async () => {
    await using temporary = await server.database();
    const { target } = await connectorFor(temporary.url);
    await using proxy = await startProxy(target.host!, target.port!);
    await using database = await openUrl(temporary.url, { target: { ...target, host: '127.0.0.1', port: proxy.port } });
    await database.execute(sql`create table note (id integer primary key)`);
    const calls: string[] = [];

    const outcome = await database
      .transaction(async (transaction) => {
        transaction.afterCommit(() => void calls.push('committed'));
        await transaction.execute(sql`insert into note values (1)`);
        failAtCommit(proxy, 'answer', 'drop');
      })
      .then(
        () => ['committed'],
        () => [],
      );

    expect(calls).toEqual(outcome);
    expect(calls).toHaveLength(database.dialect.sessions.commitOutcome === undefined ? 0 : 1);
  });
});

function failAtCommit(proxy: Proxy, direction: 'request' | 'answer', fate: 'drop' | 'swallow'): void {
  proxy.onRequest(/commit/i, { forward: direction === 'answer', fate });
}
