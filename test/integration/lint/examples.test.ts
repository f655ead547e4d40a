import { expect, test } from 'vitest';
import { measuredRules, sharedRules } from '../../../src/migration/lint/rules.ts';
import { placedStatements } from '../../../src/migration/script/split-statements.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';

/** The examples of rules for every engine are written for one of them. */
const ofEveryEngine = [...sharedRules, ...measuredRules];

describeServers(['postgresql-18', 'mariadb', 'mysql-9.7', 'sqlite-node'], 'the examples of the rules', (server) => {
  test('are statements that the server can read', async () => {
    await using database = await server.database();
    await using open = await openConnection(database.url);
    const { connection, dialect } = open;
    const unread: string[] = [];
    let read = 0;

    for (const { code, bad, good } of [
      ...(dialect.lint ?? []),
      ...(server.name === 'postgresql-18' ? ofEveryEngine : []),
    ]) {
      for (const { sql } of [bad, good].flatMap((script) => placedStatements(script, dialect.text.script))) {
        read += 1;
        try {
          await connection.script(sql);
        } catch (error) {
          if (error instanceof Error && /syntax/i.test(error.message)) unread.push(`${code}: ${sql}: ${error.message}`);
        }
      }
      await connection.script('rollback').catch(() => undefined);
    }

    expect(read).toBeGreaterThan(15);
    expect(unread).toEqual([]);
  });
});
