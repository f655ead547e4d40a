import type { Algorithms } from '../../../dialect/algorithms.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { ServerFacts } from '../../../dialect/dialect.ts';
import type { OnlineAlter } from '../../../dialect/online-alter.ts';
import type { Connection } from '../../../driver/connection.ts';
import { isGalera } from '../facts.ts';
import type { Flavor } from '../flavor.ts';
import { copyNames } from '../online/names.ts';
import { addedKey } from '../online/key-step.ts';
import { begunAlter, nextStep } from '../online/next-step.ts';
import { whyNoCopy } from '../online/refuse-copy.ts';
import { parseAlter, renamedTo } from './alter-text.ts';
import { effectsOf, isOverBudget, overBudget, tableSize, type Agreement, type TableSize } from './budget.ts';
import { Rehearsal, type Answer } from './rehearsal.ts';
import { gentle } from './rung.ts';
import { isOutOfVersions } from './row-versions.ts';

/** Asks a server of the family by which algorithm it alters the tables that are there. */
export function mysqlAlgorithms(facts: ServerFacts, flavor: Flavor): Algorithms {
  const isNode = isGalera(facts);
  return {
    async choose(connection, statements, { blockedRows = 1000 } = {}) {
      if (!statements.some(({ asks }) => asks === true)) return statements;
      await using rehearsal = await Rehearsal.begin(connection, flavor);
      const chosen: DefinitionStatement[] = [];
      for (const statement of statements) {
        if (statement.asks === true)
          chosen.push(
            await choose(statement, { connection, rehearsal, flavor, blockedRows, stopsAll: isNode, chosen }),
          );
        else {
          await rehearsal.follow(statement.sql);
          chosen.push(statement);
        }
      }
      return chosen;
    },
    next: async (connection, alter) => await nextStep(connection, alter, { isNode, flavor }),
  };
}

interface Choice {
  readonly connection: Connection;
  readonly rehearsal: Rehearsal;
  readonly flavor: Flavor;
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

async function choose(statement: DefinitionStatement, choice: Choice): Promise<DefinitionStatement> {
  const { connection, rehearsal, blockedRows, stopsAll } = choice;
  const { sql } = statement;
  const source = await rehearsal.sourceOf(sql);
  const size = source === undefined ? undefined : await tableSize(connection, source, blockedRows);
  const isUnproved = size?.isLarge === true && addedKey(parseAlter(sql)?.rest ?? '') !== undefined;
  const answer = await ask(sql, isUnproved, choice);
  const begun = await begunAlter(connection, sql);
  if (begun !== undefined) return inSteps(toTheEnd(statement, begun), begun, size);
  // What could not be tried is held to what stops nobody, where it matters.
  if (answer.rung === undefined && size?.isLarge !== true) return statement;
  const agreed = { ...answer, rung: answer.rung ?? gentle(stopsAll) };
  if (isOverBudget(agreed, size, stopsAll)) return await beside(statement, agreed, size, choice);
  const table = parseAlter(sql)?.table ?? '';
  if (isUnproved) return inSteps(statement, { kind: 'unproved-key', table, sql }, size);
  return {
    ...statement,
    agreed: { sql: `${sql}, ${agreed.rung.clause}`, effects: effectsOf(agreed, size, stopsAll) },
  };
}

async function ask(sql: string, isUnproved: boolean, { connection, rehearsal, chosen }: Choice): Promise<Answer> {
  const asking = isUnproved ? rehearsal.askUnchecked.bind(rehearsal) : rehearsal.ask.bind(rehearsal);
  return await asking(
    sql,
    async (source, { algorithm }) =>
      algorithm === 'instant' && (await isOutOfVersions(connection, source, instantly(source, chosen))),
  );
}

/** A copy of the table that takes its place, or `BUDGET_EXCEEDED` where none can. */
async function beside(
  statement: DefinitionStatement,
  agreed: Agreement,
  size: TableSize | undefined,
  { connection, flavor, stopsAll }: Choice,
): Promise<DefinitionStatement> {
  const { sql } = statement;
  const { table = '', rest = '' } = parseAlter(sql) ?? {};
  const alter: OnlineAlter = { kind: 'copy', table, sql };
  const noCopy =
    renamedTo(rest) === undefined
      ? await whyNoCopy(connection, agreed.source ?? table, copyNames(alter), flavor)
      : 'it gets another name by the same statement';
  if (noCopy !== undefined) throw overBudget(sql, agreed, { size, stopsAll, noCopy });
  return inSteps(statement, alter, size);
}

/** What the statement makes is there as soon as the copy has taken its place, and then some steps are left. */
function toTheEnd({ done, ...statement }: DefinitionStatement, { kind }: OnlineAlter): DefinitionStatement {
  return kind === 'copy' || done === undefined ? statement : { ...statement, done };
}

function inSteps(
  statement: DefinitionStatement,
  online: OnlineAlter,
  size: TableSize | undefined,
): DefinitionStatement {
  const { rows = 0, bytes = 0 } = size ?? {};
  const isCopy = online.kind === 'copy';
  const how = isCopy ? 'by a copy that takes its place' : 'proved afterwards';
  return {
    ...statement,
    class: 'data',
    repeatable: true,
    agreed: {
      sql: `${statement.sql}, /* ${how} */`,
      effects: {
        locks: [{ table: online.table, mode: how, blocks: 'nobody' }],
        rewrites: isCopy ? [{ table: online.table, bytes }] : [],
        scans: [{ table: online.table, rows }],
      },
      online,
    },
  };
}
