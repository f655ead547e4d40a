import { DatabaseSync } from 'node:sqlite';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';

/** A plain client of any engine, independent of the code under test. */
export interface Client extends AsyncDisposable {
  run(sql: string): Promise<void>;
  count(table: string): Promise<number>;
  /** The only cell of the answer. */
  text(sql: string): Promise<string>;
}

export async function openClient(url: string): Promise<Client> {
  const scheme = url.slice(0, url.search(/[+:]/));
  const open = openers[scheme];
  if (open === undefined) throw new Error(`no client for ${scheme}`);
  return await open(url);
}

const openers: Readonly<Record<string, (url: string) => Promise<Client>>> = {
  postgresql: openPostgres,
  mysql: openMysql,
  mariadb: openMysql,
  sqlite: openSqlite,
};

async function openPostgres(url: string): Promise<Client> {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // some tests cut the line
  await client.connect();
  const run = async (sql: string): Promise<void> => void (await client.query(sql));
  const text = async (sql: string): Promise<string> =>
    String((await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0]);
  return {
    run,
    text,
    count: countWith(text),
    [Symbol.asyncDispose]: async () => await client.end().catch(() => undefined),
  };
}

async function openMysql(url: string): Promise<Client> {
  const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
  connection.on('error', () => undefined); // some tests cut the line
  const run = async (sql: string): Promise<void> => void (await connection.query(sql));
  const text = async (sql: string): Promise<string> => {
    const [rows] = await connection.query({ sql, rowsAsArray: true });
    return String((rows as unknown[][])[0]?.[0]);
  };
  return {
    run,
    text,
    count: countWith(text),
    [Symbol.asyncDispose]: async () => await connection.end().catch(() => undefined),
  };
}

async function openSqlite(url: string): Promise<Client> {
  const database = new DatabaseSync(
    decodeURIComponent(new URL(url.replace(/^sqlite(\+[a-z0-9-]+)?/, 'file')).pathname),
  );
  const run = async (sql: string): Promise<void> => database.exec(sql);
  const text = async (sql: string): Promise<string> => String(Object.values(database.prepare(sql).get() ?? {})[0]);
  return { run, text, count: countWith(text), [Symbol.asyncDispose]: async () => database.close() };
}

function countWith(text: Client['text']): Client['count'] {
  return async (table) => Number(await text(`select count(*) from ${table}`));
}
