import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import { textExpression } from '../../../src/catalog/model/expression.ts';
import { listParked } from '../../../src/migration/parking/list-parked.ts';
import { markParkings } from '../../../src/migration/parking/mark-parkings.ts';
import { purgeParked } from '../../../src/migration/parking/purge-parked.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer, describeServers } from '../../servers/describe-each-server.ts';
import { revision } from '../migration/history.ts';
import { openBench, type Bench } from '../migration/open-bench.ts';
import { parkTable, person } from './people.ts';

const checked = {
  ...person,
  checks: [{ name: 'person_level_check', expression: textExpression('level > 0') }],
};
const index = { name: 'person_id_idx', keys: [{ column: 'id' }], unique: false };
const make: readonly Change[] = [
  { kind: 'create-table', table: checked },
  { kind: 'create-index', table: { name: 'person' }, index },
];
const park = (parent: string): readonly Change[] =>
  markParkings([parkTable], { parents: [parent], message: 'no person' });

describeEachServer('a table that is parked while an earlier one of its name still is', (server) => {
  const history = [
    revision('r1', [], make),
    revision('r2', ['r1'], park('r1')),
    revision('r3', ['r2'], make),
    revision('r4', ['r3'], park('r3')),
  ];

  test('is kept beside it, and each comes back with its own rows and checks', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context, 'r1');
    const before = await bench.inspect();
    await insert(bench, 1);
    await upgrade(bench.context, 'r3');
    await insert(bench, 2);

    await upgrade(bench.context);
    const parked = await bench.database.pinned(async (session) => await listParked(bench.context, session));
    await downgrade(bench.context, 'r3');
    const second = await ids(bench);
    await downgrade(bench.context, 'r1');

    expect(parked.map(({ revision: by }) => by)).toEqual(['r2', 'r4']);
    expect(second).toEqual([2]);
    expect(await ids(bench)).toEqual([1]);
    expect(await bench.inspect()).toEqual(before);
  });

  test('is purged with it, and nothing of either is left', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, history);
    await upgrade(bench.context);

    const purged = await bench.database.pinned(
      async (session) => await purgeParked(bench.context, session, { olderThanMs: 0 }),
    );

    expect(purged.map(({ revision: by }) => by)).toEqual(['r2', 'r4']);
    expect(await bench.database.pinned(async (session) => await listParked(bench.context, session))).toEqual([]);
  });
});

describeServers(['postgresql'], 'tables of one name from several namespaces', (server) => {
  test('are parked side by side, though their indexes have the same names, and leave no namespace behind', async () => {
    const billing = { namespace: 'billing', name: 'person' };
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, [
      revision(
        'r1',
        [],
        [
          ...make,
          { kind: 'create-namespace', name: 'billing' },
          { kind: 'create-table', table: { ...checked, ...billing } },
          { kind: 'create-index', table: billing, index },
        ],
      ),
      revision(
        'r2',
        ['r1'],
        markParkings([parkTable, { kind: 'park-table', table: billing }], { parents: ['r1'], message: '' }),
      ),
    ]);
    const namespaces = async (): Promise<number> =>
      (await bench.database.run({ sql: "select from pg_namespace where nspname like 'rowhouse%'" }, [])).rows.length;
    await upgrade(bench.context, 'r1');
    const before = await bench.inspect();

    await upgrade(bench.context);
    const during = await namespaces();
    await downgrade(bench.context);

    expect(during).toBe(2);
    expect(await bench.inspect()).toEqual(before);
    expect(await namespaces()).toBe(0);
  });
});

async function insert({ database }: Bench, id: number): Promise<void> {
  await database.run({ sql: `insert into person (id, email, level) values (${id}, 'ada', 3)` }, []);
}

async function ids({ database }: Bench): Promise<readonly number[]> {
  const { rows } = await database.run({ sql: 'select id from person' }, []);
  return rows.map(([id]) => Number(id));
}
