import { expect, test } from 'vitest';
import { postgresEffects } from '../../../src/dialects/postgres/effects/probe.ts';
import { typeChangeCost } from '../../../src/dialects/postgres/online/free-type-change.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';

/** As `format_type` prints them, in groups between which the server casts by itself. */
const groups: readonly (readonly string[])[] = [
  ['text', 'character varying', 'character varying(5)', 'character varying(10)', 'character(5)', 'character(10)'],
  [
    'smallint',
    'integer',
    'bigint',
    'numeric',
    'numeric(8,2)',
    'numeric(10,2)',
    'numeric(10,4)',
    'real',
    'double precision',
  ],
  [
    'timestamp without time zone',
    'timestamp(3) without time zone',
    'timestamp with time zone',
    'timestamp(3) with time zone',
    'date',
  ],
  ['time without time zone', 'time(3) without time zone', 'interval', 'interval(3)'],
  ['bit varying', 'bit varying(5)', 'bit varying(10)', 'bit(5)'],
  ['cidr', 'inet'],
  ['json', 'jsonb', 'text'],
  ['text[]', 'character varying[]', 'character varying(5)[]', 'character varying(10)[]'],
];

describeServers(['postgresql-15', 'postgresql-18'], 'a change of type', (server) => {
  test('is done in place only where the server rewrites nothing', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await open.connection.script(`set timezone to 'UTC'`);

    const wrong: string[] = [];
    let free = 0;
    for (const [from, to] of groups.flatMap(pairs)) {
      const said = typeChangeCost(from, to);
      const does = (await isRewritten(open.connection, from, to)) ? 'rewrite' : 'free';
      if (does === 'free') free += 1;
      if (said.startsWith('free') && does === 'rewrite') wrong.push(`${from} to ${to} is rewritten`);
      if (said === 'rewrite' && does === 'free' && !isMissed(from, to)) wrong.push(`${from} to ${to} is free`);
    }

    expect(wrong).toEqual([]);
    expect(free).toBeGreaterThan(20);
  });
});

/** Free, and not known to be: it is done the long way. */
function isMissed(from: string, to: string): boolean {
  return from.endsWith('[]') || to.endsWith('[]') || from.startsWith('interval') || from.startsWith('bit');
}

function pairs(types: readonly string[]): readonly (readonly [string, string])[] {
  return types.flatMap((from) => types.filter((to) => to !== from).map((to) => [from, to] as const));
}

async function isRewritten(
  connection: Parameters<typeof postgresEffects.measure>[0],
  from: string,
  to: string,
): Promise<boolean> {
  await connection.script(`drop table if exists t; create table t (c ${from}); insert into t values (null)`);
  const sql = `alter table t alter column c type ${to}`;
  try {
    return (await postgresEffects.measure(connection, { sql, transactional: true }, connection)).rewrites.length > 0;
  } catch {
    return true; // there is no cast that assigns: each value has to be computed
  }
}
