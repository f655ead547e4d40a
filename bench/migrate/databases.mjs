import pg from 'pg';

/**
 * A private PostgreSQL with databases of so many tables. `pair` gives two: the second has a table more, a column more in
 * one table of fifty, and an index less in another of fifty.
 */
export async function openDatabases(build) {
  const { startServer } = await import(`${build}/testing/index.js`);
  const server = await startServer({ engine: 'postgresql', settings: { fsync: 'off', jit: 'off', autovacuum: 'off' } });
  const url = (database) => `${server.url(database)}?sslmode=disable`;
  const run = async (database, ...statements) => {
    const client = new pg.Client({ connectionString: url(database) });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  return {
    version: server.version,
    url,
    /** Makes a database that holds a catalog, and one that differs from it. */
    async pair(catalog, build) {
      const count = catalog.tables.length;
      const [one, other] = [`made_${count}`, `changed_${count}`];
      await run('postgres', `create database ${one}`);
      await make(url(one), catalog, build);
      await run(one, 'vacuum analyze');
      await run('postgres', `create database ${other} template ${one}`);
      await run(other, ...differences(catalog.tables));
      return { from: url(one), to: url(other) };
    },
    async empty(name) {
      await run('postgres', `create database ${name}`);
      return url(name);
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
    },
  };
}

async function make(url, catalog, build) {
  const { connect, fromUrl } = await import(`${build}/index.js`);
  const { makeCatalog } = await import(`${build}/database/make-catalog.js`);
  await using database = await connect({}, fromUrl(url));
  await database.pinned(async (session) => await makeCatalog(session, catalog));
}

function differences(tables) {
  const every = (remainder) => tables.filter((_, number) => number % 50 === remainder);
  return [
    'create table one_more (id integer primary key)',
    ...every(1).map(({ name }) => `alter table ${name} add column extra integer`),
    ...every(2).map(({ indexes: [first] }) => `drop index ${first.name}`),
  ];
}
