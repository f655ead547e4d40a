import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Effects } from '../../../src/dialect/effects.ts';
import { postgresEffects } from '../../../src/dialects/postgres/effects/probe.ts';
import type { Connection } from '../../../src/driver/connection.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';

const cases = new URL('../../../../shared/cases/pg15-locks-measured.json', import.meta.url);
const structure = new URL('pg15-locks.sql', import.meta.url);

interface Measured {
  readonly ddl: string;
  readonly locks: Readonly<Record<string, string>>;
  readonly rewritten: readonly string[];
  readonly scanned: Readonly<Record<string, number>>;
}

describeServers(['postgresql-15'], 'what statements do', (server) => {
  test('is measured as it was by hand', async () => {
    const { cases: measured } = JSON.parse(await readFile(cases, 'utf8')) as { cases: readonly Measured[] };
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await open.connection.script(await readFile(structure, 'utf8'));
    const connection = withoutCommit(open.connection);

    const found: Measured[] = [];
    for (const { ddl } of measured) {
      found.push(
        asMeasured(ddl, await postgresEffects.measure(connection, { sql: ddl, transactional: true }, connection)),
      );
    }

    expect(measured.length).toBeGreaterThan(100);
    expect(found).toEqual(measured);
  });
});

/** Each statement finds the same structure: what the one before did is rolled back. */
function withoutCommit(connection: Connection): Connection {
  return new Proxy(connection, {
    get: (target, name: keyof Connection) =>
      name === 'script'
        ? async (sql: string) => await target.script(sql === 'commit' ? 'rollback' : sql)
        : typeof target[name] === 'function'
          ? target[name].bind(target)
          : target[name],
  });
}

function asMeasured(ddl: string, { locks, rewrites, scans }: Effects): Measured {
  return {
    ddl,
    locks: Object.fromEntries(locks.map(({ table, mode }) => [table, mode])),
    rewritten: rewrites.map(({ table }) => table),
    scanned: Object.fromEntries(scans.map(({ table, rows }) => [table, rows])),
  };
}
