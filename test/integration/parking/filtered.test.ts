import { expect, test } from 'vitest';
import { readStructure } from '../../../src/ops/compare/read-structure.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { migrationStatus } from '../../../src/migration/run/status.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';
import { parkColumn, parkTable, people, person } from './people.ts';

describeEachServer('what is parked', (server) => {
  test('is no part of what is compared with another database', async () => {
    await using first = await server.database();
    await using second = await server.database();
    const { columns } = person;
    const kept = { ...person, columns: columns.filter(({ name }) => name === 'id' || name === 'level') };
    const fresh = [revision('r1', [], [{ kind: 'create-table', table: kept }, ...indexOf()])];
    await using parked = await openBench(first.url, people(parkColumn('email'), parkColumn('motto')));
    await using never = await openBench(second.url, fresh);
    await upgrade(parked.context);
    await upgrade(never.context);

    const [a, b] = await Promise.all(
      [parked, never].map(
        async ({ database }) => await database.pinned(async (session) => await readStructure(session)),
      ),
    );

    expect([...(a?.facts.keys() ?? [])].toSorted()).toEqual([...(b?.facts.keys() ?? [])].toSorted());
    expect((await parked.dialect.structures?.())?.plan(a ?? empty(), b ?? empty())).toEqual([]);
  });

  test('leaves nothing to compare when it was all there was', async () => {
    await using temporary = await server.database();
    await using bench = await openBench(temporary.url, people(parkTable));
    await upgrade(bench.context);

    const { facts } = await bench.database.pinned(async (session) => await readStructure(session));

    expect([...facts.keys()].filter((id) => /person|parked/.test(id))).toEqual([]);
    expect((await migrationStatus(bench.context)).current).toEqual(['r2']);
  });
});

function indexOf(): ReturnType<typeof people>[number]['up'] {
  return people()[0]?.up.filter(({ kind }) => kind === 'create-index') ?? [];
}

function empty(): never {
  throw new Error('both databases were read');
}
