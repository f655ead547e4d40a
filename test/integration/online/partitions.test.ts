import { expect, test } from 'vitest';
import type { DefinitionStatement } from '../../../src/dialect/definition.ts';
import type { Effects } from '../../../src/dialect/effects.ts';
import { postgresEffects } from '../../../src/dialects/postgres/effects/probe.ts';
import { boundCondition } from '../../../src/dialects/postgres/online/bound-condition.ts';
import { addDomainConstraint } from '../../../src/dialects/postgres/online/domain.ts';
import { parseIndexText } from '../../../src/dialects/postgres/online/index-text.ts';
import { attachPartition, createPartition, detachPartition } from '../../../src/dialects/postgres/online/partition.ts';
import { createPartitionedIndex } from '../../../src/dialects/postgres/online/partitioned-index.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection, type OpenConnection } from '../dialects/open-connection.ts';
import { segments } from './run-segments.ts';

const structure = `
  create table measured (day date not null, region text not null, value int) partition by range (day);
  create table measured_2024 partition of measured for values from ('2024-01-01') to ('2025-01-01');
  create table measured_2025 partition of measured for values from ('2025-01-01') to ('2026-01-01') partition by list (region);
  create table measured_2025_eu partition of measured_2025 for values in ('eu', 'uk');
  create table measured_rest partition of measured default;
  create table measured_2026 (day date not null, region text not null, value int);
  insert into measured select '2024-01-01'::date + n, 'eu', n from generate_series(0, 500) n;
  insert into measured select '2030-01-01'::date + n, 'eu', n from generate_series(0, 99) n;
  insert into measured_2026 select '2026-01-01'::date + n, 'eu', n from generate_series(0, 99) n;
  create domain positive as int;
  create table uses (p positive);
  insert into uses select n from generate_series(1, 100) n;`;

const parent = { name: 'measured' };

describeServers(['postgresql-15', 'postgresql-18'], 'a partitioned table', (server) => {
  test('gets an index part by part, and the whole is valid at the end', async () => {
    await using bench = await open(server);
    const index = { name: 'measured_value', table: parent, unique: false, body: 'using btree (value)' };
    const parts = [
      { table: { name: 'measured_2024' }, index: 'i_2024', partitions: [] },
      {
        table: { name: 'measured_2025' },
        index: 'i_2025',
        partitions: [{ table: { name: 'measured_2025_eu' }, index: 'i_2025_eu', partitions: [] }],
      },
      { table: { name: 'measured_rest' }, index: 'i_rest', partitions: [] },
    ];

    const effects = await bench.run(createPartitionedIndex(index, parts, 'online'));

    expect(
      await bench.ask(
        `select relname, indisvalid from pg_index join pg_class on oid = indexrelid where relname !~ '^pg_' order by 1`,
      ),
    ).toEqual([
      ['i_2024', 't'],
      ['i_2025', 't'],
      ['i_2025_eu', 't'],
      ['i_rest', 't'],
      ['measured_value', 't'],
    ]);
    expect(readWhileWritersWait(effects)).toBe(0);
  });

  test('takes a table in whose rows are proved to fit, and lets it go again', async () => {
    await using bench = await open(server);
    const partition = { name: 'measured_2026' };
    const bound = `for values from ('2026-01-01') to ('2027-01-01')`;
    const condition = boundCondition('range (day)', bound);
    const defaultPartition = { name: 'measured_rest' };

    const effects = await bench.run(
      attachPartition({ parent, partition, bound, condition, defaultPartition }, 'online'),
    );

    expect(readWhileWritersWait(effects)).toBe(0);
    expect(await bench.ask('select count(*) from measured')).toEqual([['701']]);
    expect(
      await bench.ask(
        `select conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`,
      ),
    ).toEqual([]);
    await bench.run(detachPartition({ parent, partition }, 'plain'));
    expect(await bench.ask('select count(*) from measured')).toEqual([['601']]);
  });

  test('gets a new partition without a strong lock, and loses one to nobody where there is no default', async () => {
    await using bench = await open(server);
    await bench.ask('drop table measured_rest');
    const partition = { name: 'measured_2027' };
    const bound = `for values from ('2027-01-01') to ('2028-01-01')`;

    const effects = await bench.run(createPartition({ parent, partition, bound }, 'online'));
    const [detach] = detachPartition({ parent, partition }, 'online');
    const detached = await bench.run(detach === undefined ? [] : [detach]);

    expect(lockOf(effects, 'measured')).toEqual(['nobody']);
    expect(lockOf(detached, 'measured')).toEqual(['nobody']);
    expect(await bench.ask(`select relispartition from pg_class where relname = 'measured_2027'`)).toEqual([['f']]);
    expect(detach?.done && (await bench.holds(detach.done))).toBe(true);
  });

  test('bounds of each kind are said as a condition that the server believes', async () => {
    await using bench = await open(server);
    const cases = [
      ['list (region)', `for values in ('us', 'ca')`],
      ['range (value)', 'for values from (minvalue) to (10)'],
      ['range (value)', 'for values from (-5) to (maxvalue)'],
    ] as const;

    for (const [key, bound] of cases) {
      await bench.ask(`create table p (region text, value int) partition by ${key}`);
      await bench.ask('create table q (region text, value int)');
      await bench.ask(`insert into q select 'us', 1 from generate_series(1, 100)`);
      const condition = boundCondition(key, bound);
      const effects = await bench.run(
        attachPartition({ parent: { name: 'p' }, partition: { name: 'q' }, bound, condition }, 'online'),
      );
      expect(readWhileWritersWait(effects)).toBe(0);
      await bench.ask('drop table p');
    }

    expect(boundCondition('range (a, b)', 'for values from (1, 2) to (3, 4)')).toBeUndefined();
    expect(boundCondition('hash (a)', 'for values with (modulus 4, remainder 0)')).toBeUndefined();
    expect(boundCondition('list (a)', 'for values in (1, null)')).toBeUndefined();
  });

  test('a domain gets a check that binds new values first', async () => {
    await using bench = await open(server);
    const constraint = { domain: { name: 'positive' }, name: 'more', definition: 'check (value > 0)' };

    const [added] = await bench.run(addDomainConstraint(constraint, 'online'));

    expect(added?.locks).toEqual([]);
    expect(await bench.ask("select convalidated from pg_constraint where contypid <> 0 and conname = 'more'")).toEqual([
      ['t'],
    ]);
  });

  test('an index is taken apart as the server prints it', async () => {
    await using bench = await open(server);
    await bench.ask(
      `create schema "a b"; create table "a b"."on t" ("x using" text); create unique index "i on" on "a b"."on t" using btree (lower("x using")) where "x using" <> ' on '`,
    );
    const [[definition] = []] = await bench.ask(`select pg_get_indexdef('"a b"."i on"'::regclass)`);

    const index = parseIndexText(String(definition), 'i on', { namespace: 'a b', name: 'on t' });

    expect(index.unique).toBe(true);
    expect(index.body).toBe(`USING btree (lower("x using")) WHERE ("x using" <> ' on '::text)`);
  });
});

interface PartitionBench extends AsyncDisposable {
  run(statements: readonly DefinitionStatement[]): Promise<readonly Effects[]>;
  ask(sql: string): Promise<readonly (readonly unknown[])[]>;
  holds: (done: NonNullable<DefinitionStatement['done']>) => Promise<boolean>;
}

async function open(server: Parameters<Parameters<typeof describeServers>[2]>[0]): Promise<PartitionBench> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await server.database());
  const { connection, dialect }: OpenConnection = stack.use(await openConnection(database.url));
  const observer = stack.use(await openConnection(database.url));
  await connection.script(structure);
  return {
    async run(statements) {
      const effects: Effects[] = [];
      for (const segment of segments(statements)) {
        const sql = segment.map((statement) => statement.sql).join(';\n');
        const transactional = segment.every((statement) => statement.transactional);
        effects.push(await postgresEffects.measure(connection, { sql, transactional }, observer.connection));
      }
      return effects;
    },
    ask: async (sql) => (/;/.test(sql) ? (await connection.script(sql), []) : (await connection.run({ sql }, [])).rows),
    holds: async (done) => await dialect.inspector.holds(connection, done),
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}

function readWhileWritersWait(effects: readonly Effects[]): number {
  const strong = effects.filter(({ locks }) => locks.some(({ blocks }) => blocks !== 'nobody'));
  return strong.flatMap(({ scans }) => scans).reduce((sum, { rows }) => sum + rows, 0);
}

/** The strongest of all the steps. */
function lockOf(effects: readonly Effects[], table: string): readonly string[] {
  return [
    ...new Set(
      effects.flatMap(({ locks }) => locks.filter((lock) => lock.table === table).map(({ blocks }) => blocks)),
    ),
  ];
}
