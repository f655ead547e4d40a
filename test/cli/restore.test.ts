import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { sql } from '../../src/sql/sql.ts';
import { openUrl } from '../integration/database/open-url.ts';
import { describeServers } from '../servers/describe-each-server.ts';
import { runCli } from './run-cli.ts';
import { makeShop, revisionFile, variablesFor } from './shop-project.ts';

const projectFile = (backup: string): string => `import { defineProject, service } from 'rowhouse';
import * as schema from './schema.ts';

export default defineProject({
  name: 'shop',
  services: { app: service({ schema, migrations: './migrations' }) },
  deploy: { backup: ${JSON.stringify(backup)} },
});
`;

const added = (id: string, parent: string, column: string): Readonly<Record<string, string>> => ({
  [`migrations/2026-01-0${column.length}_${column}_${id}.ts`]: revisionFile(id, [parent], column, [
    {
      kind: 'add-column',
      table: { name: 'product' },
      column: { name: column, type: { kind: 'integer' }, nullable: true },
    },
  ]),
});

const revisions = { ...added('bbbbbbbbbbbb', 'aaaaaaaaaaaa', 'a1'), ...added('cccccccccccc', 'bbbbbbbbbbbb', 'b12') };

interface Tools {
  /** Shell commands over `$DATABASE_URL`, `$DATABASE_FILE` and the parts of a server's address. */
  readonly backup: string;
  readonly restore: string;
}

const mysqlTools: Tools = {
  backup: 'mysqldump -h $HOST -P $PORT -u $USER_NAME $NAME > before.sql',
  restore: 'mysql -h $HOST -P $PORT -u $USER_NAME $NAME < before.sql',
};

const tools: Readonly<Record<string, Tools>> = {
  postgresql: {
    backup: 'pg_dump --clean --if-exists "$DATABASE_URL" > before.sql',
    restore: 'psql -v ON_ERROR_STOP=1 "$DATABASE_URL" < before.sql',
  },
  mariadb: mysqlTools,
  sqlite: {
    backup: 'sqlite3 "$DATABASE_FILE" ".backup before.db"',
    restore: 'sqlite3 "$DATABASE_FILE" ".restore before.db"',
  },
};

describeServers(['postgresql-15', 'mariadb', 'sqlite-node'], 'a deploy that was a mistake', (server) => {
  test('is taken back by one, to a revision, or by restoring the backup that it made', async () => {
    await using temporary = await server.database({ checkLeaks: false });
    const { backup, restore } = tools[server.engine] ?? mysqlTools;
    const variables = { ...variablesFor(temporary.url), ...placeOf(temporary.url) };
    const directory = makeShop({ 'rowhouse.config.ts': projectFile(backup), ...revisions });
    const at = async (): Promise<string> => (await runCli(directory, ['current'], variables)).stdout;
    const rows = async (): Promise<readonly (readonly string[])[]> => {
      await using database = await openUrl(temporary.url);
      const found = await database.query(sql`select * from product order by id`);
      return found.map((row) => Object.values(row).map(String));
    };
    await runCli(directory, ['up', '+1'], variables);
    await write(temporary.url, "insert into product (id, name, stock) values (1, 'tea', 3)");

    const deployed = await runCli(directory, ['deploy'], variables);
    await write(temporary.url, 'delete from product');
    await runCli(directory, ['down', '-1'], variables);
    const byOne = await at();
    await runCli(directory, ['up'], variables);
    await runCli(directory, ['down', 'aaaaaaaaaaaa'], variables);
    const toRevision = await at();
    await runCli(directory, ['up'], variables);
    const lost = await rows();
    await promisify(execFile)('sh', ['-c', restore], { cwd: directory, env: { ...process.env, ...variables } });

    expect(deployed.exitCode, deployed.stderr).toBe(0);
    expect([byOne, toRevision]).toEqual(['at bbbbbbbbbbbb, 1 pending\n', 'at aaaaaaaaaaaa, 2 pending\n']);
    expect(lost).toEqual([]);
    expect(await at()).toBe('at aaaaaaaaaaaa, 2 pending\n');
    expect(await rows()).toEqual([['1', 'tea', '3']]);
    expect(await runCli(directory, ['drift'], variables)).toMatchObject({ exitCode: 0, stdout: 'no drift\n' });
  });
});

function placeOf(url: string): Readonly<Record<string, string>> {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    DATABASE_FILE: pathname,
    HOST: hostname,
    PORT: port,
    USER_NAME: username,
    NAME: pathname.slice(1),
    ...(password === '' ? {} : { MYSQL_PWD: decodeURIComponent(password) }),
  };
}

async function write(url: string, statement: string): Promise<void> {
  await using database = await openUrl(url);
  await database.run({ sql: statement }, []);
}
