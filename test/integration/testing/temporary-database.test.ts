import { expect, test } from 'vitest';
import { findLeaks } from '../../../src/testing/leak/find-leaks.ts';
import type { Leak } from '../../../src/testing/leak/leak.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { openClient } from './client.ts';

describeEachServer('a temporary database', (server) => {
  test('shares nothing with another one', async () => {
    await using one = await server.database();
    await using two = await server.database();
    await using first = await openClient(one.url);
    await using second = await openClient(two.url);

    await first.run('create table book (id int)');
    await first.run('insert into book values (1)');
    await second.run('create table book (id int)');

    expect(await first.count('book')).toBe(1);
    expect(await second.count('book')).toBe(0);
  });

  test('holds what was prepared, and each copy is on its own', async () => {
    let prepared = 0;
    const prepare = async (url: string): Promise<void> => {
      prepared += 1;
      await using client = await openClient(url);
      await client.run('create table book (id int)');
      await client.run('insert into book values (1)');
    };
    const options = { key: `prepared by ${server.name} ${process.pid}`, prepare };
    await using one = await server.database(options);
    await using two = await server.database(options);
    await using first = await openClient(one.url);
    await using second = await openClient(two.url);

    await first.run('insert into book values (2)');

    expect(await first.count('book')).toBe(2);
    expect(await second.count('book')).toBe(1);
    expect(prepared).toBe(copies.has(server.engine) ? 1 : 2);
  });

  test('makes a template once when many ask for it at the same time', async () => {
    const prepare = async (url: string): Promise<void> => {
      await using client = await openClient(url);
      await client.run('create table book (id int)');
    };
    const options = { key: `at once on ${server.name} ${process.pid}`, prepare };

    const databases = await Promise.all([1, 2, 3].map(async () => await server.database(options)));

    expect(new Set(databases.map(({ url }) => url)).size).toBe(3);
    for (const database of databases) await database.drop();
  });

  test('reports an open transaction as a leak when it is left', async () => {
    const database = await server.database({ checkLeaks: true });
    const client = await openClient(database.url);
    await client.run('create table book (id int)');
    expect(await findLeaks(database)).not.toContainEqual(expect.objectContaining({ kind: 'transaction' }));

    await client.run('begin');
    await client.run('insert into book values (1)');

    const ask = async (): Promise<readonly Leak[]> => await findLeaks(database);
    await expect.poll(ask, { interval: 250 }).toContainEqual(expect.objectContaining({ kind: 'lock' }));
    await expect(database[Symbol.asyncDispose]()).rejects.toMatchObject({ code: 'LEAK_FOUND' });
    await client[Symbol.asyncDispose]();
  });

  test('leaves no leak when everything was closed', async () => {
    await using database = await server.database();
    const client = await openClient(database.url);
    await client.run('create table book (id int)');
    await client[Symbol.asyncDispose]();

    await expect.poll(async () => await findLeaks(database)).toEqual([]);
  });
});

/** Engines that can copy a database. */
const copies = new Set(['postgresql', 'sqlite']);

describeServers(['postgresql'], 'a copy of a prepared database', (server) => {
  test('is made again and again, and the time it takes is printed', async () => {
    const prepare = async (url: string): Promise<void> => {
      await using client = await openClient(url);
      for (let table = 0; table < 50; table += 1)
        await client.run(`create table t${table} (id int primary key, name text)`);
    };
    const options = { key: `fifty tables ${process.pid}`, prepare };
    await (await server.database(options)).drop();

    const times: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const started = performance.now();
      await using database = await server.database(options);
      times.push(performance.now() - started);
      expect(database.url).toContain(database.name);
    }

    const median = times.toSorted((a, b) => a - b)[5]!;
    console.log(`${server.name}: a copy took ${median.toFixed(1)} ms`);
  });
});
