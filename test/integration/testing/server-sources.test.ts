import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { createConnection, type Connection } from 'mysql2/promise';
import { describe, expect, test } from 'vitest';
import { temporaryDatabase } from '../../../src/testing/database/temporary-database.ts';
import { dockerRun } from '../../../src/testing/server/docker-server.ts';
import type { PrivateServer, TlsFiles } from '../../../src/testing/server/private-server.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { useServer } from '../../../src/testing/server/use-server.ts';
import { serverKinds } from '../../../src/testing/servers/server-kinds.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { openClient } from './client.ts';

describeEachServer('a server given by its URL', (server) => {
  test('gets databases like one of our own', async () => {
    const used = await useServer(server.url());
    await using database = await temporaryDatabase(used);
    await using client = await openClient(database.url);

    await client.run('create table book (id int)');

    expect(await client.count('book')).toBe(0);
    expect(used.version).toMatch(/^\d+\.\d+/);
  });
});

describeServers(['mariadb', 'mysql'], 'a private server with TLS', (known) => {
  test('shows the certificate it was given', async () => {
    await using files = await selfSigned();
    const engine = known.engine as PrivateServer['engine'];
    await using server = await startServer({ engine, version: known.version, tls: files });
    await using connection = await mysqlOverTls(server, await readFile(files.ca, 'utf8'));

    const [rows] = await connection.query("show session status like 'Ssl_version'");

    expect(rows).toMatchObject([{ Value: expect.stringMatching(/^TLS/) }]);
  });
});

describe('a server in a container', () => {
  test('is told its password through the environment', () => {
    const { args, environment } = dockerRun(serverKinds.postgresql, {
      name: 'shop',
      version: '17',
      port: 21_000,
      password: 'secret',
      settings: { max_connections: 20 },
    });

    expect(args.join(' ')).toBe(
      'run --detach --name=shop --publish=127.0.0.1:21000:5432 --env=POSTGRES_PASSWORD ' +
        'postgres:17 -c fsync=off -c max_connections=20',
    );
    expect(environment).toEqual({ POSTGRES_PASSWORD: 'secret' });
  });

  test.skipIf(dockerAnswers())('says that no docker engine answers', async () => {
    await expect(startServer({ engine: 'redis', via: 'docker' })).rejects.toMatchObject({
      code: 'SERVER_UNAVAILABLE',
      message: expect.stringContaining('docker version failed'),
    });
  });
});

describe('a private server with TLS', () => {
  test('postgresql shows the certificate it was given', async () => {
    await using tls = await selfSigned();
    await using server = await startServer({ engine: 'postgresql', tls });
    const url = `${server.url()}?sslmode=verify-full&sslrootcert=${tls.ca}`;
    await using client = await openClient(url);

    expect(await client.text('select ssl from pg_stat_ssl where pid = pg_backend_pid()')).toBe('true');
  });

  test('redis speaks nothing but TLS', async () => {
    await using tls = await selfSigned();
    await using server = await startServer({ engine: 'redis', tls });
    const socket = connect({ host: '127.0.0.1', port: server.port, rejectUnauthorized: false });
    const answer = new Promise((resolve) => socket.once('data', (data) => resolve(String(data))));

    socket.write('PING\r\n');

    expect(await answer).toMatch(/^-NOAUTH/);
    socket.destroy();
  });
});

async function selfSigned(): Promise<TlsFiles & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'rowhouse-tls-'));
  const key = join(directory, 'key.pem');
  const certificate = join(directory, 'certificate.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const files = ['-keyout', key, '-out', certificate, '-days', '2', '-nodes'];
  await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...files, ...subject]);
  return {
    key,
    certificate,
    ca: certificate,
    [Symbol.asyncDispose]: async () => await rm(directory, { recursive: true }),
  };
}

async function mysqlOverTls(server: PrivateServer, ca: string): Promise<Connection & AsyncDisposable> {
  const { host, port, user, password } = server;
  const connection = await createConnection({ host, port, user, password, ssl: { ca } });
  return Object.assign(connection, { [Symbol.asyncDispose]: async () => await connection.end() });
}

function dockerAnswers(): boolean {
  return spawnSync('docker', ['version']).status === 0;
}
