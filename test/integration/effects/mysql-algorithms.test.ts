import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { mariadbFlavor } from '../../../src/dialects/mariadb/flavor.ts';
import { Rehearsal, type Answer } from '../../../src/dialects/mysql/algorithm/rehearsal.ts';
import type { Connection } from '../../../src/driver/connection.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { openConnection } from '../dialects/open-connection.ts';

const cases = new URL('../../../../shared/cases/mariadb1011-algorithms-measured.json', import.meta.url);
const structure = new URL('mysql-algorithms.sql', import.meta.url);

interface Measured {
  readonly table: string;
  readonly alter: string;
  readonly best: string | null;
  readonly lock: string | null;
}

describeServers(['mariadb'], 'the algorithm of a change', (server) => {
  test('is the one that was measured by hand', async () => {
    const { cases: measured } = JSON.parse(await readFile(cases, 'utf8')) as { cases: readonly Measured[] };
    await using database = await server.database();
    await using open = await openConnection(database.url);
    await open.connection.script(await readFile(structure, 'utf8'));

    const found: Measured[] = [];
    for (const one of measured) found.push(asMeasured(one, await ask(open.connection, one)));

    expect(measured.length).toBeGreaterThan(100);
    expect(found).toEqual(measured.map((one) => expected(one)));
  });
});

/** Behind a partitioning clause no algorithm can be asked for, so the one that the server let through in another place is not. */
function expected({ table, alter, best, lock }: Measured): Measured {
  return alter === 'PT REMOVE PARTITIONING' ? { table, alter, best: null, lock: null } : { table, alter, best, lock };
}

async function ask(connection: Connection, { table, alter }: Measured): Promise<Answer> {
  const [, mode, clauses = ''] = /^(PT|SET_FKC_OFF)? ?(.*)$/.exec(alter) ?? [];
  await connection.script(`set session foreign_key_checks = ${mode === 'SET_FKC_OFF' ? 0 : 1}`);
  await using rehearsal = await Rehearsal.begin(connection, mariadbFlavor({ version: '10.11', settings: {} }));
  return await rehearsal.ask(`alter table \`${mode === 'PT' ? 'pt' : table}\` ${quoted(clauses)}`, async () => false);
}

/** Names as the compiler writes them. */
function quoted(clauses: string): string {
  return clauses
    .replaceAll(/\b(REFERENCES|RENAME TO|CONSTRAINT|FOREIGN KEY) (\w+)/g, '$1 `$2` ')
    .replace('FOREIGN KEY(', 'FOREIGN KEY (')
    .replace('  (', ' (');
}

function asMeasured({ table, alter }: Measured, { rung }: Answer): Measured {
  return {
    table,
    alter,
    best: rung?.algorithm.toUpperCase() ?? null,
    lock: rung?.lock.toUpperCase() ?? null,
  };
}
