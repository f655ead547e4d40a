import { beforeAll, expect, test } from 'vitest';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openSchema } from '../../servers/open-schema.ts';
import { statementsOf } from './count-statements.ts';
import { authors, bookTags, books, chapters, library, notes, profiles, schema, tags } from './library.ts';
import { joinInMemory, type Everything } from './join-in-memory.ts';
import { randomTree, type Random } from './random-tree.ts';

const trees = 60;

describeEachServer('random trees', (server) => {
  let database: ServiceDatabase;
  let everything: Everything;

  beforeAll(async () => {
    database = await openSchema(server, schema);
    await fillAtRandom(database, randomOf(7));
    const all = { withDeleted: true };
    everything = {
      authors: await database.repository(authors).list(all),
      profiles: await database.repository(profiles).list(all),
      books: await database.repository(books).list(all),
      chapters: await database.repository(chapters).list(all),
      notes: await database.repository(notes).list(all),
      tags: await database.repository(tags).list(all),
      bookTags: await database.repository(bookTags).list(all),
    };
    return async () => await database.close();
  });

  test('give what separate queries give when they are joined by hand', async () => {
    const random = randomOf(11);
    for (let round = 0; round < trees; round += 1) {
      const { table, options } = randomTree(random, 3);
      let found: unknown;
      const read = async (): Promise<unknown> =>
        (found = await database
          .repository(library[table] as typeof library.authors)
          .list(options as { order: ['id'] }));

      expect(await statementsOf(database, read), JSON.stringify(options)).toHaveLength(1);
      expect(found, `${table} ${JSON.stringify(options)}`).toEqual(joinInMemory(everything, table, options));
    }
  });
});

/** The same numbers from 0 to `below` in every run. */
function randomOf(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function fillAtRandom(database: ServiceDatabase, random: Random): Promise<void> {
  const maybe = <T>(value: T): T | null => (random(3) === 0 ? null : value);
  const deletedAt = (): Date | null => (random(4) === 0 ? new Date('2026-01-01T00:00:00Z') : null);
  const ids = (count: number): readonly number[] => Array.from({ length: count }, (_, place) => place + 1);
  await database
    .repository(authors)
    .insertMany(
      ids(12).map((id) => ({ id, name: `a${random(5)}`, teacherId: id === 1 ? null : maybe(1 + random(id - 1)) })),
    );
  await database
    .repository(profiles)
    .insertMany(ids(12).flatMap((id) => (random(2) === 0 ? [] : [{ id, authorId: id, links: { n: id } }])));
  await database.repository(books).insertMany(
    ids(40).map((id) => ({
      id,
      title: `b${random(9)}`,
      authorId: 1 + random(11),
      editorId: maybe(1 + random(11)),
      pages: maybe(random(6)),
      deletedAt: deletedAt(),
    })),
  );
  await database
    .repository(chapters)
    .insertMany(
      ids(40).flatMap((bookId) => ids(random(4)).map((number) => ({ bookId, number, title: `c${random(4)}` }))),
    );
  const written = await database.repository(chapters).list({ order: ['bookId', 'number'] });
  await database.repository(notes).insertMany(
    ids(60).map((id) => {
      const place = written[random(written.length)];
      return { id, bookId: place?.bookId ?? 0, chapter: place?.number ?? 0, text: `n${random(5)}` };
    }),
  );
  await database.repository(tags).insertMany(ids(6).map((id) => ({ id, name: `t${id}` })));
  await database
    .repository(bookTags)
    .insertMany(
      ids(40).flatMap((bookId) =>
        ids(6).flatMap((tagId) => (random(3) === 0 ? [{ bookId, tagId, deletedAt: deletedAt() }] : [])),
      ),
    );
}
