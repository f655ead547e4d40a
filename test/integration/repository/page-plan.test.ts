import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';
import { index, integer, table, timestamptz } from '../../../src/index.ts';
import { schemaDatabase } from '../../../src/testing/schema/schema-database.ts';
import { describeServers } from '../../servers/describe-each-server.ts';

const readings = table(
  'reading',
  { id: integer().primaryKey(), sensor: integer(), at: timestamptz({ precision: 3 }) },
  (t) => [index(t.at, t.id), index(t.sensor, t.at.desc(), t.id)],
);

const start = Date.UTC(2026, 10, 21);

/** Orders, what stands in them at the cursor, and the index that is to serve. */
const orders = [
  { order: ['at'], values: (id: number) => [moment(id), moment(id), id], serving: 'reading_at_id_idx' },
  {
    order: ['-at', '-id'],
    values: (id: number) => [moment(id), moment(id), id],
    serving: 'reading_at_id_idx',
  },
  {
    order: ['sensor', '-at'],
    values: (id: number) => [sensor(id), sensor(id), moment(id), moment(id), id],
    serving: 'reading_sensor_at_id_idx',
  },
] as const;

describeServers(['mysql', 'mariadb'], 'a page', (server) => {
  for (const { order, values, serving } of orders) {
    test(`in the order ${order.join(', ')} is looked up in the index, and nothing before it is read`, async () => {
      await using shop = await schemaDatabase(server, { readings });
      const rows = shop.database.repository(readings);
      await rows.insertMany(
        Array.from({ length: 3_000 }, (_, id) => ({ id, sensor: sensor(id), at: new Date(start + id * 1000) })),
      );
      await shop.database.run({ sql: 'analyze table reading' }, []);
      const first = await rows.page({ order: [...order], limit: 2_900 });
      const statements: string[] = [];
      const listen = (message: unknown): void => void statements.push((message as { readonly sql: string }).sql);
      subscribe('rowhouse:query', listen);

      const second = await rows.page({ order: [...order], limit: 20, after: first.next });

      unsubscribe('rowhouse:query', listen);
      const all = await rows.list({ order: [...order, 'id'], limit: 2_920 });
      expect(second.rows).toEqual(all.slice(2_900));
      const last = first.rows.at(-1)?.id ?? NaN;
      const explained = { sql: `explain ${statements.at(-1) ?? ''}` };
      const plan = JSON.stringify((await shop.database.run(explained, [...values(last), 21])).rows);
      expect(plan).toMatch(/range/i);
      expect(plan).toContain(serving);
      expect(plan).not.toMatch(/filesort|"Sort/i);
    });
  }
});

function sensor(id: number): number {
  return id % 30;
}

function moment(id: number): string {
  return new Date(start + id * 1000).toISOString().slice(0, 23).replace('T', ' ');
}
