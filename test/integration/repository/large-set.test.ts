import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { beforeEach, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import type { QueryMessage } from '../../../src/database/diagnostics.ts';
import { check, integer, sql, table, text } from '../../../src/index.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';

const marks = table(
  'mark',
  { id: integer().identity().primaryKey(), code: text({ max: 40 }).unique(), weight: integer() },
  (t) => [check('mark_weight_positive', sql`${t.weight} > 0`)],
);
const notes = table('note', {
  id: integer().identity().primaryKey(),
  markId: integer().references(() => marks.id),
  body: text(),
});
const codes = table('code', { code: text({ max: 40 }).primaryKey() });

describeServers(['sqlite'], 'a large set', (server) => {
  let database: ServiceDatabase;

  beforeEach(async () => {
    database = await openSchema(server, { marks, notes, codes });
  });

  const rows = (count: number): { code: string; weight: number }[] =>
    Array.from({ length: count }, (_, number) => ({ code: `c${number}`, weight: 1 + number }));

  test('goes in whole, whatever its number', async () => {
    const marked = database.repository(marks);

    for (const count of [99, 100, 101, 123, 999, 1_023]) {
      expect(await marked.insertMany(rows(count))).toBe(count);
      expect(await marked.count()).toBe(count);
      expect(await marked.getBy({ code: `c${count - 1}` })).toMatchObject({ weight: count });
      await marked.deleteWhere('all');
    }
  });

  test('leaves nothing when a row in its middle fails', async () => {
    const marked = database.repository(marks);
    const doubled = rows(300).with(250, { code: 'c7', weight: 1 });
    const unchecked = rows(300).with(250, { code: 'new', weight: 0 });

    await expect(marked.insertMany(doubled)).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
    await expect(marked.insertMany(unchecked)).rejects.toMatchObject({ code: 'CHECK_VIOLATION' });

    expect(await marked.count()).toBe(0);
  });

  test('leaves nothing of a nested transaction, and the one around it goes on', async () => {
    const marked = database.repository(marks);
    const doubled = rows(300).with(250, { code: 'c7', weight: 1 });

    await database.transaction(async (transaction) => {
      await transaction.repository(marks).insert({ code: 'before', weight: 1 });
      await expect(
        transaction.transaction(async (nested) => await nested.repository(marks).insertMany(doubled)),
      ).rejects.toMatchObject({ code: 'UNIQUE_VIOLATION' });
      await transaction.repository(marks).insert({ code: 'after', weight: 1 });
    });

    expect((await marked.list({ order: ['id'] })).map(({ code }) => code)).toEqual(['before', 'after']);
  });

  test('leaves what a trigger says of conflicts in force', async () => {
    await database.execute(sql`insert into code values ('c7')`);
    await database.execute(
      sql`create trigger mark_code after insert on mark begin insert or ignore into code values (new.code); end`,
    );

    expect(await database.repository(marks).insertMany(rows(300))).toBe(300);

    expect(await database.repository(codes).count()).toBe(300);
  });

  test('leaves what a constraint of the table says of conflicts in force', async () => {
    await database.execute(sql`drop table code`);
    await database.execute(sql`create table code (code text not null primary key on conflict replace)`);
    const given = Array.from({ length: 300 }, (_, number) => ({ code: `c${number % 200}` }));

    await database.repository(codes).insertMany(given);

    expect(await database.repository(codes).count()).toBe(200);
  });

  test('goes in without copies of pages where no rule needs them', async () => {
    const sent: string[] = [];
    const listen = (message: unknown): void => void sent.push((message as QueryMessage).sql);
    const isQuick = async (insert: Promise<number>): Promise<boolean> => {
      sent.length = 0;
      await insert;
      return sent.some((text) => text.startsWith('insert or fail into'));
    };
    const { id } = await database.repository(marks).insert({ code: 'first', weight: 1 });
    const bodies = Array.from({ length: 300 }, () => ({ markId: id, body: 'again' }));

    subscribe('rowhouse:query', listen);
    try {
      expect(await isQuick(database.repository(marks).insertMany(rows(300)))).toBe(true);
      expect(await isQuick(database.repository(notes).insertMany(bodies))).toBe(false);
    } finally {
      unsubscribe('rowhouse:query', listen);
    }
  });
});
