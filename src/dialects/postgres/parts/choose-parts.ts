import { displayName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Connection } from '../../../driver/connection.ts';
import { countRows } from '../effects/table-size.ts';
import { holds } from '../inspect/holds.ts';
import { indexName } from '../online/index-text.ts';
import { overBudget } from '../online/over-budget.ts';
import { askedIndex, type AskedIndex } from './asked-index.ts';
import { readParts, readWhole } from './read-parts.ts';
import { whyNotInParts } from './why-not-in-parts.ts';

const byPart = 'a partition at a time';

/**
 * An index or a key of a partitioned table is made a partition at a time where the table has many rows. Undefined: it is
 * another kind of statement. Throws `BUDGET_EXCEEDED` where there are many rows and it cannot be made so.
 */
export async function chooseParts(
  connection: Connection,
  statement: DefinitionStatement,
  blockedRows: number,
): Promise<DefinitionStatement | undefined> {
  const asked = askedIndex(statement.sql);
  if (asked === undefined) return undefined;
  const table = displayName(asked.table);
  const whole = await readWhole(connection, asked, asked.interim);
  const rows = await countRows(connection, table, blockedRows + 1);
  if (whole === undefined && rows <= blockedRows && (await isThere(connection, asked))) return statement;
  const noParts = whyNotInParts(asked, await readParts(connection, asked, whole));
  if (noParts !== undefined)
    throw overBudget({ sql: statement.sql, table, blockedRows }, `it cannot be done ${byPart}: ${noParts}`, {
      noParts,
    });
  return {
    ...statement,
    transactional: false,
    segment: 'alone',
    class: 'catalog',
    repeatable: true,
    done: { question: 'exists', object: { kind: 'index', ...indexName(asked) } },
    note: `built ${byPart}, while others write`,
    agreed: {
      sql: `${statement.sql}, /* ${byPart} */`,
      effects: {
        locks: [{ table, mode: byPart, blocks: 'nobody' }],
        rewrites: [],
        scans: [{ table, rows }],
      },
      online: { kind: 'parts', table, sql: statement.sql },
    },
  };
}

/** A table that has its name from a statement before this one may have many rows. */
async function isThere(connection: Connection, { table }: AskedIndex): Promise<boolean> {
  return await holds(connection, { question: 'exists', object: { ...table, kind: 'table' } });
}
