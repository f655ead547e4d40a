import { expect, test } from 'vitest';
import type { Change } from '../../../src/catalog/change/change.ts';
import type { MigrationContext } from '../../../src/migration/run/migration-context.ts';
import { downgrade, upgrade } from '../../../src/migration/run/upgrade.ts';
import { sql } from '../../../src/sql/sql.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';
import { first, history, table } from './people.ts';

const changes: readonly Change[] = [
  { kind: 'rename-table', table, to: 'customer' },
  { kind: 'rename-column', table: { name: 'customer' }, column: 'name', to: 'full_name' },
];
const revisions = history(changes);

/** The run ends as if it were killed after its statement of that number took effect and before anybody noted it. */
function killedAfter(context: MigrationContext, number: number): MigrationContext {
  let ran = 0;
  return {
    ...context,
    onProgress: ({ stage }) => {
      if (stage !== 'ran') return;
      ran += 1;
      if (ran === number) throw new Error('killed');
    },
  };
}

describeServers(['postgresql-16', 'mariadb'], 'a run of one phase', (server) => {
  test('that was killed anywhere, there or back, is finished by the next one', async () => {
    let kills = 0;
    for (let number = 1, isOver = false; !isOver; number += 1) {
      await using temporary = await server.database();
      await using bench = await openBench(temporary.url, revisions);
      const { database, context } = bench;
      await upgrade(context, '+1');
      await database.execute(sql`insert into person (id, name, code) values (1, 'Ada', 1)`);

      const there = await Promise.allSettled([upgrade(killedAfter(context, number))]);
      await upgrade(context);
      await database.execute(sql`insert into customer (id, full_name, code) values (2, 'Bob', 1)`);
      const rows = await database.query(sql`select full_name from customer order by id`);
      const back = await Promise.allSettled([downgrade(killedAfter(context, number), first.id)]);
      await downgrade(context, first.id);

      expect(rows, `killed after ${number}`).toEqual([{ full_name: 'Ada' }, { full_name: 'Bob' }]);
      expect(await database.query(sql`select name from person order by id`), `killed after ${number}`).toEqual([
        { name: 'Ada' },
        { name: 'Bob' },
      ]);
      const killed = [...there, ...back].filter(({ status }) => status === 'rejected').length;
      kills += killed;
      isOver = killed === 0;
    }
    expect(kills).toBeGreaterThan(20);
  }, 300_000);
});
