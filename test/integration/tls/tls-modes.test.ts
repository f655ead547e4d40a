import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../src/driver/connection.ts';
import { tlsModes, type TlsMode, type TlsPolicy } from '../../../src/driver/target.ts';
import { startServer } from '../../../src/testing/server/start-server.ts';
import type { PrivateServer, ServerOptions } from '../../../src/testing/server/private-server.ts';
import { caught } from '../../contract/caught.ts';
import { getDriver } from '../../contract/open-driver.ts';
import { targetOf } from '../../contract/target-of.ts';
import { makeCertificates, type Certificates } from './certificates.ts';

/** How a connection attempt ends. */
type Outcome = 'plain' | 'tls' | 'TLS_FAILED';

interface Expected {
  readonly 'right certificate': Outcome;
  readonly 'wrong host': Outcome;
  readonly 'self-signed': Outcome;
  readonly 'no tls': Outcome;
}

/** Every mode against every kind of server, the same on every engine. */
const outcomes: Readonly<Record<TlsMode, Expected>> = {
  disable: row('plain', 'plain', 'plain', 'plain'),
  allow: row('plain', 'plain', 'plain', 'plain'),
  prefer: row('tls', 'tls', 'tls', 'plain'),
  require: row('tls', 'tls', 'tls', 'TLS_FAILED'),
  'verify-ca': row('tls', 'tls', 'TLS_FAILED', 'TLS_FAILED'),
  'verify-full': row('tls', 'TLS_FAILED', 'TLS_FAILED', 'TLS_FAILED'),
};

const situations = ['right certificate', 'wrong host', 'self-signed', 'no tls'] as const;

function row(right: Outcome, wrongHost: Outcome, selfSigned: Outcome, none: Outcome): Expected {
  return { 'right certificate': right, 'wrong host': wrongHost, 'self-signed': selfSigned, 'no tls': none };
}

interface TlsSubject {
  readonly engine: ServerOptions['engine'];
  readonly driver: string;
  /** One row; its last cell is empty, `f` or null on a plain line. */
  readonly question: string;
  /** Settings that switch TLS off. */
  readonly off: Readonly<Record<string, string>>;
  /** Makes an account `tlsonly`, password `secret`, that is let in over TLS only. */
  readonly tlsOnly: string;
}

const subjects: readonly TlsSubject[] = [
  {
    engine: 'postgresql',
    driver: 'pg',
    question: 'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
    off: {},
    tlsOnly: "create role tlsonly login password 'secret'",
  },
  {
    engine: 'mariadb',
    driver: 'mysql2',
    question: "show session status like 'Ssl_cipher'",
    off: { ssl: '0' },
    tlsOnly: "create user tlsonly@'127.0.0.1' identified by 'secret' require ssl",
  },
  {
    engine: 'mysql',
    driver: 'mysql2',
    question: "show session status like 'Ssl_cipher'",
    off: { 'tls-version': '' },
    tlsOnly: "create user tlsonly@'127.0.0.1' identified by 'secret' require ssl",
  },
];

let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates();
});
afterAll(async () => await certificates[Symbol.asyncDispose]());

describe.each(subjects)('tls to $engine', (subject) => {
  test('a certificate for the address is not one for the name, and is found by the address', async () => {
    const { ca, addressOnly } = certificates;
    await using server = await startServer({ engine: subject.engine, tls: { ...addressOnly, ca } });
    const policy = { mode: 'verify-full', ca } as const;
    expect(await attempt(subject, server, policy, '127.0.0.1')).toBe('tls');
    expect(await attempt(subject, server, policy, 'localhost')).toBe('TLS_FAILED');
  });

  describe.each(situations)('%s', (situation) => {
    let server: PrivateServer;
    beforeAll(async () => {
      server = await startServer(serverOptions(subject, situation));
    });
    afterAll(async () => await server[Symbol.asyncDispose]());

    test.each(tlsModes)('%s, by name and by address', async (mode) => {
      const expected = outcomes[mode][situation];
      const policy = { mode, ca: certificates.ca };
      expect(await attempt(subject, server, policy, 'localhost')).toBe(expected);
      expect(await attempt(subject, server, policy, '127.0.0.1')).toBe(expected);
    });

    test('without the authority no certificate of ours is trusted', async () => {
      for (const mode of ['verify-ca', 'verify-full'] as const) {
        expect(await attempt(subject, server, { mode }, 'localhost')).toBe('TLS_FAILED');
      }
    });

    test('a file that is missing or no certificate is an error in every mode that may use tls', async () => {
      for (const mode of tlsModes.filter((one) => one !== 'disable')) {
        expect(await attempt(subject, server, { mode, ca: '/nowhere/ca.pem' }, 'localhost')).toBe('TLS_FAILED');
        expect(await attempt(subject, server, { mode, ca: certificates.notPem }, 'localhost')).toBe('TLS_FAILED');
      }
    });

    test('a cancel takes the same kind of line', async () => {
      const mode = situation === 'no tls' ? 'disable' : 'require';
      const connection = await open(subject, server, { mode }, '127.0.0.1');
      const sleep =
        subject.driver === 'pg'
          ? 'select pg_sleep(20)'
          : 'select count(*) from information_schema.columns where sleep(1)';
      const running = caught(async () => await connection.run({ sql: sleep }, []));
      await new Promise((resolve) => setTimeout(resolve, 200));
      const started = performance.now();
      await connection.cancel();
      await running;
      expect(performance.now() - started).toBeLessThan(5_000);
      await connection.close();
    });

    if (situation === 'right certificate') {
      test('allow goes over to tls for an account that is let in no other way', async () => {
        const admin = await open(subject, server, { mode: 'require' }, '127.0.0.1');
        await admin.run({ sql: subject.tlsOnly }, []);
        await admin.close();
        if (subject.driver === 'pg') await refusePlain(server);

        const tlsOnly = { user: 'tlsonly', password: 'secret' };
        expect(await attempt(subject, server, { mode: 'allow' }, '127.0.0.1', tlsOnly)).toBe('tls');
        expect(
          await caught(async () => await open(subject, server, { mode: 'disable' }, '127.0.0.1', tlsOnly)),
        ).toBeInstanceOf(Error);
        expect(
          await caught(
            async () => await open(subject, server, { mode: 'allow' }, '127.0.0.1', { ...tlsOnly, password: 'wrong' }),
          ),
        ).toBeInstanceOf(Error);
      });
    }
  });
});

function serverOptions({ engine, off }: TlsSubject, situation: keyof Expected): ServerOptions {
  const { ca, right, wrongHost, selfSigned } = certificates;
  switch (situation) {
    case 'right certificate':
      return { engine, tls: { ...right, ca } };
    case 'wrong host':
      return { engine, tls: { ...wrongHost, ca } };
    case 'self-signed':
      return { engine, tls: { ...selfSigned, ca: selfSigned.certificate } };
    case 'no tls':
      return { engine, settings: off };
  }
}

interface Account {
  readonly user: string;
  readonly password: string;
}

async function open(
  subject: TlsSubject,
  server: PrivateServer,
  tls: TlsPolicy,
  host: string,
  account?: Account,
): Promise<Connection> {
  const driver = await getDriver(subject.driver);
  const database = account === undefined || subject.driver === 'pg' ? {} : { database: '' };
  return await driver.connect({ ...targetOf(server.url(), tls), host, ...account, ...database });
}

/** How it ends: an `Outcome`, or an error that is not about TLS. */
async function attempt(
  subject: TlsSubject,
  server: PrivateServer,
  tls: TlsPolicy,
  host: string,
  account?: Account,
): Promise<unknown> {
  let connection: Connection;
  try {
    connection = await open(subject, server, tls, host, account);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'TLS_FAILED' ? 'TLS_FAILED' : error;
  }
  const { rows } = await connection.run({ sql: subject.question }, []);
  await connection.close();
  const cell = rows[0]?.at(-1);
  return cell === '' || cell === 'f' ? 'plain' : 'tls';
}

/** Puts a rule in front that turns the account away on plain lines. */
async function refusePlain(server: PrivateServer): Promise<void> {
  const file = `${server.socketDirectory}/data/pg_hba.conf`;
  await writeFile(file, `hostnossl all tlsonly all reject\n${await readFile(file, 'utf8')}`);
  await server.stop();
  await server.start();
}
