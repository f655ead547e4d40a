import { expect, test } from 'vitest';
import { resolveSettings } from '../../../src/config/resolve-settings.ts';
import { connect } from '../../../src/connect/connect.ts';
import type { Logger } from '../../../src/database/logger.ts';
import { callSite } from '../../../src/driver/pool/call-site.ts';
import { engines } from '../../../src/engines.ts';
import { integer, text } from '../../../src/schema/column/types.ts';
import { table } from '../../../src/schema/table/table.ts';
import { sql } from '../../../src/sql/sql.ts';
import { createSchema } from '../../../src/testing/schema/create-schema.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';

const notes = table('note', { id: integer().primaryKey(), words: text({ max: 100 }) });

/** `file:line` of the line before the one where the error was made. */
function lineAbove(here: Error): string {
  return (callSite(here) ?? '').replace(/\d+$/, (line) => String(Number(line) - 1));
}

interface Line {
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

describeEachServer('the log of slow statements', (server) => {
  async function open(environment: Readonly<Record<string, string>>, lines: Line[]) {
    const temporary = await server.database();
    const write = (fields: object, message: string): void => void lines.push({ message, fields: { ...fields } });
    const logger: Logger = { debug: write, info: write, warn: write, error: write };
    const settings = resolveSettings(
      {
        DATABASE_URL: temporary.url,
        ...(temporary.url.startsWith('sqlite') ? {} : { DB_PARAMS: 'sslmode=disable' }),
        ...environment,
      },
      engines,
    );
    return await connect({ notes }, settings, { logger });
  }

  test('names the line that asked, in repositories, transactions and SQL by hand, and no value', async () => {
    const lines: Line[] = [];
    await using database = await open({ DATABASE_SLOW_STATEMENT_MS: '0' }, lines);
    await createSchema(database, { notes });
    lines.length = 0;

    const places: (string | undefined)[] = [];
    await database.repository(notes).insert({ id: 1, words: 'hush one' });
    places.push(lineAbove(new Error('here')));
    await database.query(sql`select words from note where words = ${'hush two'} or words = 'hush three'`);
    places.push(lineAbove(new Error('here')));
    await database.transaction(async (transaction) => {
      await transaction.repository(notes).list({ where: { words: 'hush four' } });
      places.push(lineAbove(new Error('here')));
    });

    const slow = lines.filter(({ message }) => message === 'slow statement');
    const callers = slow.map(({ fields }) => fields['caller']);
    // An engine that does not give back what it inserted is asked for it: two statements of one line.
    expect([...new Set(callers)]).toEqual(places);
    expect(slow.every(({ fields }) => typeof fields['tookMs'] === 'number')).toBe(true);
    expect(JSON.stringify(lines)).not.toContain('hush');
    expect(JSON.stringify(slow)).toContain('words = ?');
  });

  test('says nothing of the others, and nothing unless it is asked to', async () => {
    const [patient, silent]: [Line[], Line[]] = [[], []];
    await using slow = await open({ DATABASE_SLOW_STATEMENT_MS: '86400000' }, patient);
    await using off = await open({}, silent);

    await slow.query(sql`select 1`);
    await off.query(sql`select 1`);

    expect([patient, silent]).toEqual([[], []]);
  });
});
