import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeScratch } from '../../../src/ops/compare/scratch-database.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { openUrl } from '../database/open-url.ts';
import { scratchPlace } from './scratch-place.ts';

describeEachServer('a scratch database', (server) => {
  test('is there in its block and gone after it, although the work in it failed', async () => {
    await using temporary = await server.database();
    const place = scratchPlace(server, temporary.url);
    const work = async (): Promise<void> => {
      await using scratch = await makeScratch(place);
      await scratch.database.pinned(async (session) => await session.script('create table made (id integer)'));
      throw new Error('the work failed');
    };

    await expect(work()).rejects.toThrow('the work failed');

    expect(place.opened).toHaveLength(1);
    const [name = ''] = place.opened;
    if (place.inFile) expect(existsSync(name)).toBe(false);
    else await expect(openUrl(server.url(name))).rejects.toMatchObject({ code: 'DATABASE_NOT_FOUND' });
  });

  test('leaves the database that it was asked of as it was', async () => {
    await using temporary = await server.database();
    await using database = await openUrl(temporary.url);

    {
      await using scratch = await makeScratch(scratchPlace(server, temporary.url));
      await scratch.database.pinned(async (session) => await session.script('create table made (id integer)'));
    }

    const found = await database.pinned(async ({ dialect, connection }) => await dialect.inspector.inspect(connection));
    expect(found.tables).toEqual([]);
  });
});
