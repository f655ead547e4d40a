import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { isFree } from '../../../src/testing/server/free-port.ts';
import { greeting } from '../../../src/testing/server/greeting.ts';
import type { PrivateServer } from '../../../src/testing/server/private-server.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openClient } from './client.ts';

const childProgram = join(import.meta.dirname, 'start-and-wait.ts');

describeServers(['postgresql', 'mariadb', 'mysql'], 'a private server', (known) => {
  const options = { engine: known.engine as PrivateServer['engine'], version: known.version };

  test('keeps what was committed when it is killed and started again', async () => {
    await using server = await startServer(options);
    await using before = await openClient(server.url());
    await before.run('create database shop');
    await using shop = await openClient(server.url('shop'));
    await shop.run('create table book (id int)');
    await shop.run('insert into book values (1), (2)');

    await server.kill();
    await expect(openClient(server.url('shop'))).rejects.toThrow();
    await server.start();

    await using after = await openClient(server.url('shop'));
    expect(await after.count('book')).toBe(2);
  });

  test('asks for its password', async () => {
    await using server = await startServer(options);

    await expect(openClient(server.url(undefined, { user: server.user, password: 'wrong' }))).rejects.toThrow();
  });

  test('takes settings by the names of the server', async () => {
    await using server = await startServer({ ...options, settings: { max_connections: 17 } });
    await using client = await openClient(server.url());

    expect(await client.text(settingQuery[known.engine] ?? '')).toBe('17');
  });

  test('leaves neither a process nor a file when its block ends', async () => {
    const server = await startServer(options);
    const directory = server.socketDirectory ?? '';

    await server[Symbol.asyncDispose]();

    expect(await isFree(server.port)).toBe(true);
    expect(existsSync(directory)).toBe(false);
  });

  test('ends with the process that started it, even when that is killed', async () => {
    const parent = spawn(process.execPath, [childProgram, known.engine, known.version], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const { port, directory } = JSON.parse(line) as { port: number; directory: string };
    expect(await isFree(port)).toBe(false);

    parent.kill('SIGKILL');

    await expect.poll(async () => await isFree(port), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => existsSync(directory), { timeout: 10_000 }).toBe(false);
  });
});

const settingQuery: Readonly<Record<string, string>> = {
  postgresql: 'show max_connections',
  mysql: 'select @@max_connections',
  mariadb: 'select @@max_connections',
};

describe('a private redis server', () => {
  test('asks for its password and keeps its data when it is killed', async () => {
    await using server = await startServer({ engine: 'redis' });
    expect((await greeting(server.port, 'PING\r\n'))?.toString()).toMatch(/^-NOAUTH/);
    expect(await redis(server, 'SET book 1')).toBe('+OK');

    await server.kill();
    await server.start();

    expect(await redis(server, 'GET book')).toBe('1');
  });
});

describe('starting a private server', () => {
  test('names the versions there are when the wanted one is not', async () => {
    await expect(startServer({ engine: 'postgresql', version: '9.1' })).rejects.toMatchObject({
      code: 'SERVER_UNAVAILABLE',
      message: 'no postgresql 9.1 server program was found on this machine',
    });
  });

  test('shows the end of the log when the server refuses its settings', async () => {
    const starting = startServer({ engine: 'postgresql', settings: { no_such_setting: 'on' } });

    await expect(starting).rejects.toMatchObject({
      code: 'SERVER_UNAVAILABLE',
      details: { log: expect.stringContaining('no_such_setting') },
    });
  });

  test('keeps the files in a directory that was handed in', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rowhouse-kept-'));
    try {
      await using server = await startServer({ engine: 'postgresql', directory });
      await server[Symbol.asyncDispose]();

      expect(existsSync(join(directory, 'data/PG_VERSION'))).toBe(true);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

/** Sends one command after the password and returns the last line of the answer. */
async function redis(server: PrivateServer, command: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.end(`AUTH ${server.password}\r\n${command}\r\nQUIT\r\n`);
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += chunk;
  return text.trim().split('\r\n').at(-2) ?? '';
}
