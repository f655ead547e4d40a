import { displayName } from '../../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Connection } from '../../../../driver/connection.ts';
import { countRows } from '../../effects/table-size.ts';
import { askedAlter } from '../../online/asked-alter.ts';
import { overBudget } from '../../online/over-budget.ts';
import { findCopying, whyNotInSteps } from './copying.ts';

/** What PostgreSQL can only do while others wait is done by a copy of the table where that has many rows. */
export async function chooseCopy(
  connection: Connection,
  statement: DefinitionStatement,
  blockedRows: number,
): Promise<DefinitionStatement> {
  const asked = askedAlter(statement.sql);
  if (asked === undefined) return statement;
  const table = displayName(asked.table);
  const copying = await findCopying(connection, { kind: 'copy', table, sql: statement.sql });
  if (copying === undefined) return statement;
  const rows = await countRows(connection, table, blockedRows + 1);
  if (!copying.isBegun && rows <= blockedRows) return statement;
  const noCopy = copying.isBegun ? undefined : whyNotInSteps(copying);
  if (noCopy !== undefined)
    throw overBudget({ sql: statement.sql, table, blockedRows }, `no copy can take its place: ${noCopy}`, { noCopy });
  const { done: _, ...rest } = statement;
  return {
    ...rest,
    transactional: false,
    segment: 'alone',
    class: 'data',
    repeatable: true,
    done: { question: 'exists', object: asked.adds },
    agreed: {
      sql: `${statement.sql}, /* by a copy that takes its place */`,
      effects: {
        locks: [{ table, mode: 'by a copy that takes its place', blocks: 'nobody' }],
        rewrites: [{ table, bytes: 0 }],
        scans: [{ table, rows }],
      },
      online: { kind: 'copy', table, sql: statement.sql },
    },
  };
}
