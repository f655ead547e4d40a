import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../../../src/connect/connect.ts';
import type { ServiceDatabase } from '../../../src/connect/service-session.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { fillLibrary } from './fill-library.ts';
import { library, schema } from './library.ts';

describeEachServer('where code cannot be generated, related rows', (server) => {
  let url: string;

  beforeAll(async () => {
    ({ url } = await server.database());
    await using database = await connect(schema, localSettings(url));
    await createSchema(database, schema);
    await fillLibrary(database);
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  test('are built all the same', async () => {
    const read = async (database: ServiceDatabase): Promise<unknown> =>
      await database.repository(library.authors).list({
        order: ['id'],
        include: {
          profile: true,
          books: { order: ['title'], include: { editor: true, tags: { order: ['name'], limit: 1 }, chapters: true } },
        },
      });
    await using generating = await connect(schema, localSettings(url));
    const expected = await read(generating);
    const refused = vi.fn(function refuse() {
      throw new EvalError('code generation from strings disallowed for this context');
    });
    vi.stubGlobal('Function', refused);

    await using looping = await connect(schema, localSettings(url));
    const found = await read(looping);

    expect(refused).toHaveBeenCalled();
    expect(found).toEqual(expected);
    expect(expected).toHaveLength(3);
  });
});
