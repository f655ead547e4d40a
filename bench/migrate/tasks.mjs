import pg from 'pg';

/** What is measured on databases of many tables. `isRight` looks at the answer, so that nothing fast is wrong. */
export const tasks = {
  inspect: {
    work: async ({ build, from }, measure) => {
      await onPinned(build, [from], async ([{ session, pid }]) => {
        await measure([pid], async () => await session.dialect.inspector.inspect(session.connection));
      });
    },
    isRight: ({ tables, raw }, count) => tables.length === count && raw.length === 0 && isWhole(tables.at(-1)),
  },
  structure: {
    work: async ({ build, from }, measure) => {
      await onPinned(build, [from], async ([{ session, pid }]) => {
        const planner = await session.dialect.structures();
        await measure([pid], async () => await planner.read(session.connection));
      });
    },
    isRight: ({ facts }, count) => [...facts.values()].filter(({ kind }) => kind === 'table').length === count,
  },
  diff: {
    work: async ({ build, from, to }, measure) => {
      await onPinned(build, [from, to], async (pinned) => {
        const pids = pinned.map(({ pid }) => pid);
        await measure(pids, async () => await compare(...pinned.map(({ session }) => session)));
      });
    },
    isRight: isRightDiff,
  },
  'pg-delta': { work: comparePgDelta, isRight: isRightDiff },
};

async function compare(one, other) {
  const planner = await one.dialect.structures();
  const from = await planner.read(one.connection);
  const to = await planner.read(other.connection);
  return planner.plan(from, to).map(({ sql }) => sql);
}

/** Its library, as its guide says: both databases are read, and a plan is made. */
async function comparePgDelta({ from, to }, measure) {
  const { extract } = await import('@supabase/pg-delta/extract');
  const { plan } = await import('@supabase/pg-delta/plan');
  // Never idle for too long: a pool that opens another connection has another process of the server behind it.
  const pools = [from, to].map((connectionString) => new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 0 }));
  const pids = [];
  for (const pool of pools) pids.push((await pool.query('select pg_backend_pid() as pid')).rows[0].pid);
  await measure(pids, async () => {
    const [source, desired] = [await extract(pools[0]), await extract(pools[1])];
    return plan(source.factBase, desired.factBase).actions.map(({ sql }) => sql);
  });
  for (const pool of pools) await pool.end();
}

/** Runs `work` with a connection to each database, and the numbers of the server's processes behind them. */
async function onPinned(build, urls, work, pinned = []) {
  const [url, ...others] = urls;
  if (url === undefined) return await work(pinned);
  const { connect, fromUrl } = await import(`${build}/index.js`);
  await using database = await connect({}, fromUrl(url));
  await database.pinned(async (session) => {
    const { rows } = await session.connection.run({ sql: 'select pg_backend_pid()' }, []);
    await onPinned(build, others, work, [...pinned, { session, pid: Number(rows[0][0]) }]);
  });
}

/** 15 columns, the indexes of a key that refers elsewhere and of the state, and one constraint of each other sort. */
function isWhole({ columns, indexes, foreignKeys, uniques, checks }) {
  return [columns, indexes, foreignKeys, uniques, checks].map(({ length }) => length).join() === '15,2,1,1,1';
}

/** A table, a column in one table of fifty, an index less in another of fifty: see databases.mjs. */
function isRightDiff(statements, count) {
  const counted = (pattern) => statements.filter((sql) => pattern.test(sql)).length;
  const share = (remainder) => Math.ceil((count - remainder) / 50);
  return counted(/create table/i) === 1 && counted(/add column/i) === share(1) && counted(/drop index/i) === share(2);
}
