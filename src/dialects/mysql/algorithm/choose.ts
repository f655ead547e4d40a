import type { Algorithms } from '../../../dialect/algorithms.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { ServerFacts } from '../../../dialect/dialect.ts';
import type { Connection } from '../../../driver/connection.ts';
import { isGalera } from '../facts.ts';
import type { Flavor } from '../flavor.ts';
import { effectsOf, refuseOverBudget, tableSize } from './budget.ts';
import { Rehearsal } from './rehearsal.ts';
import { gentle } from './rung.ts';
import { isOutOfVersions } from './row-versions.ts';

/** Asks a server of the family by which algorithm it alters the tables that are there. */
export function mysqlAlgorithms(facts: ServerFacts, flavor: Flavor): Algorithms {
  return {
    async choose(connection, statements, { blockedRows = 1000 } = {}) {
      if (!statements.some(({ asks }) => asks === true)) return statements;
      await using rehearsal = await Rehearsal.begin(connection, flavor);
      const chosen: DefinitionStatement[] = [];
      for (const statement of statements) {
        if (statement.asks === true)
          chosen.push(
            await choose(statement, { connection, rehearsal, blockedRows, stopsAll: isGalera(facts), chosen }),
          );
        else {
          await rehearsal.follow(statement.sql);
          chosen.push(statement);
        }
      }
      return chosen;
    },
  };
}

interface Choice {
  readonly connection: Connection;
  readonly rehearsal: Rehearsal;
  readonly blockedRows: number;
  /** A cluster that does definitions one at a time on all nodes: while it is not instant, nobody writes to any table. */
  readonly stopsAll: boolean;
  /** What was chosen for the statements before. */
  readonly chosen: readonly DefinitionStatement[];
}

/** How many of them change the table in place. */
function instantly(table: string, chosen: readonly DefinitionStatement[]): number {
  return chosen.filter(
    ({ agreed }) => agreed?.sql.includes('algorithm=instant') === true && agreed.effects.locks[0]?.table === table,
  ).length;
}

async function choose(
  statement: DefinitionStatement,
  { connection, rehearsal, blockedRows, stopsAll, chosen }: Choice,
): Promise<DefinitionStatement> {
  const answer = await rehearsal.ask(
    statement.sql,
    async (source, { algorithm }) =>
      algorithm === 'instant' && (await isOutOfVersions(connection, source, instantly(source, chosen))),
  );
  const { source } = answer;
  const size = source === undefined ? undefined : await tableSize(connection, source, blockedRows);
  // What could not be tried is held to what stops nobody, where it matters.
  if (answer.rung === undefined && size?.isLarge !== true) return statement;
  const agreed = { ...answer, rung: answer.rung ?? gentle(stopsAll) };
  refuseOverBudget(statement.sql, agreed, size, { stopsAll });
  return {
    ...statement,
    agreed: { sql: `${statement.sql}, ${agreed.rung.clause}`, effects: effectsOf(agreed, size, stopsAll) },
  };
}
