import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import { fromUrl } from '../../../src/connect/from-environment.ts';
import { sql } from '../../../src/sql/sql.ts';
import type { PrivateServer } from '../../../src/testing/server/private-server.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import { makeCertificates, type Certificates } from './certificates.ts';

describe('a service that connects by its URL', () => {
  let certificates: Certificates;
  let server: PrivateServer;
  beforeAll(async () => {
    certificates = await makeCertificates();
    const { ca, right } = certificates;
    server = await startServer({ engine: 'postgresql', tls: { ...right, ca } });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await certificates[Symbol.asyncDispose]();
  });

  test.each([
    ['encrypts when nothing is said', '', true],
    ['checks the server when it is told to', '?sslmode=verify-full&sslrootcert=', true],
    ['is plain only when it says so', '?sslmode=disable', false],
  ])('%s', async (_what, query, isEncrypted) => {
    const file = query.endsWith('=') ? certificates.ca : '';
    await using database = await connect({}, fromUrl(`${server.url()}${query}${file}`));

    const lines = await database.query(sql`select ssl::text as ssl from pg_stat_ssl where pid = pg_backend_pid()`);

    expect(lines).toEqual([{ ssl: String(isEncrypted) }]);
  });

  test('refuses a server without TLS when nothing is said', async () => {
    await using plain = await startServer({ engine: 'postgresql' });

    await expect(connect({}, fromUrl(plain.url()), { attempts: 1 })).rejects.toMatchObject({ code: 'TLS_FAILED' });
  });
});
