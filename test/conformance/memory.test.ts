import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { connect } from '../../src/connect/connect.ts';
import { createSchema } from '../../src/testing/schema/create-schema.ts';
import { localSettings } from '../../src/testing/schema/schema-database.ts';
import { describeEachServer } from '../servers/describe-each-server.ts';
import { sayFigures } from '../servers/say-figures.ts';
import { lines, millionLines } from './lines.ts';

/** What a program of this folder reports that works on a database in a process of its own. */
async function outcomeOf<T>(program: string, url: string): Promise<T> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', path, url]);
  return JSON.parse(stdout) as T;
}

describeEachServer('memory', (server) => {
  test('grows by less than 50 MB while a million rows are streamed', { timeout: 300_000 }, async (context) => {
    const { url } = await server.database();
    await using database = await connect({ lines }, localSettings(url));
    await createSchema(database, { lines });
    await database.execute(millionLines, { timeoutMs: 240_000 });

    const outcome = await outcomeOf<{ rows: number; sum: number; grownMegabytes: number }>('stream-all.ts', url);

    sayFigures(context, `${outcome.rows} rows, ${outcome.grownMegabytes.toFixed(0)} MB more`);
    expect(outcome).toMatchObject({ rows: 1_000_000, sum: 499_999_500_000, kept: 60 });
    expect(outcome.grownMegabytes).toBeLessThan(50);
  });

  test('holds few rows while 300,000 rows are inserted from an iterable', { timeout: 300_000 }, async (context) => {
    const { url } = await server.database();
    await using database = await connect({ lines }, localSettings(url));
    await createSchema(database, { lines });

    const outcome = await outcomeOf<{ inserted: number; grownMegabytes: number }>('insert-all.ts', url);

    sayFigures(context, `${outcome.inserted} rows, ${outcome.grownMegabytes.toFixed(1)} MB more`);
    expect(outcome.inserted).toBe(300_000);
    expect(outcome.grownMegabytes).toBeLessThan(5);
    expect(await database.repository(lines).count()).toBe(300_000);
  });
});
