import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Rehearsal } from '../../../dialect/structure-planner.ts';
import { tableSize } from '../algorithm/budget.ts';
import { isOutOfVersions } from '../algorithm/row-versions.ts';
import { rungs, type Rung } from '../algorithm/rung.ts';
import type { Flavor } from '../flavor.ts';
import { isPlannedAlter, type AlterStatement } from './alter-clause.ts';
import { objectId } from './fact-ids.ts';
import { printAlter } from './print-alter.ts';
import { RehearsalStage } from './rehearsal-stage.ts';
import { splitAlter, type RehearsedAlter } from './split-alter.ts';

/** Has each `alter table` of a plan carried out in the gentlest way, as the server tells on empty tables. */
export async function rehearseAlters(
  statements: readonly DefinitionStatement[],
  { from, source, scratch }: Rehearsal,
  flavor: Flavor,
): Promise<readonly DefinitionStatement[]> {
  const stage = await RehearsalStage.set(scratch, from, statements);
  const instantly = new Map<string, number>();
  const rehearsed: DefinitionStatement[] = [];
  for (const step of inSteps(statements)) {
    if (step.kind === 'other') {
      await stage.follow(step.statement.sql);
      rehearsed.push(step.statement);
      continue;
    }
    const { table } = step.alter;
    if (!stage.has(table)) {
      const isThere = from.facts.has(objectId('table', table));
      rehearsed.push(isThere ? untried(step.alter) : printAlter(step.alter));
      continue;
    }
    const isOut = await isOutOfVersions(source, table, instantly.get(table) ?? 0);
    const ways = rungs(flavor)
      .filter(({ algorithm }) => !isOut || algorithm !== 'instant')
      .filter(fits(step.alter));
    const parts = await splitAlter(step.alter, { stage, rungs: ways });
    const atOnce = parts.filter(({ rung }) => rung?.algorithm === 'instant').length;
    instantly.set(table, (instantly.get(table) ?? 0) + atOnce);
    const isSlow = parts.some(({ rung }) => rung !== undefined && rung.lock !== 'none');
    const rows = isSlow ? ((await tableSize(source, table, countedRows))?.rows ?? 0) : 0;
    rehearsed.push(...parts.map((part) => printRehearsed(part, rows)));
  }
  return rehearsed;
}

/** Rows are put into partitions by copying them, whatever else the server agrees to. */
function fits({ partitioning }: AlterStatement): (rung: Rung) => boolean {
  return ({ algorithm }) => partitioning === undefined || algorithm === 'copy';
}

/** Beyond it the server's own estimate is near enough. */
const countedRows = 1000;

type Step =
  | { readonly kind: 'other'; readonly statement: DefinitionStatement }
  | { readonly kind: 'alter'; readonly alter: AlterStatement };

/** The statements as they would be if nothing had been taken apart by guess. */
function inSteps(statements: readonly DefinitionStatement[]): readonly Step[] {
  const steps: Step[] = [];
  for (const statement of statements) {
    if (!isPlannedAlter(statement)) {
      steps.push({ kind: 'other', statement });
      continue;
    }
    const { alter } = statement;
    const last = steps.at(-1);
    const joins = last?.kind === 'alter' && last.alter.step === alter.step && alter.standsAlone !== true;
    if (joins) steps.splice(-1, 1, { kind: 'alter', alter: joined(last.alter, alter) });
    else steps.push({ kind: 'alter', alter });
  }
  return steps;
}

function joined(one: AlterStatement, other: AlterStatement): AlterStatement {
  const fresh = other.clauses.filter(({ sql }) => one.clauses.every((clause) => clause.sql !== sql));
  return { ...one, clauses: [...one.clauses, ...fresh] };
}

function printRehearsed({ alter, rung }: RehearsedAlter, rows: number): DefinitionStatement {
  // Not every server takes an algorithm next to this clause.
  if (rung === undefined && alter.standsAlone === true && alter.clauses.every(({ cost }) => cost === 'catalog'))
    return printAlter(alter);
  if (rung === undefined) return untried(alter);
  const statement = printAlter(alter, [rung.clause]);
  const isInstant = rung.algorithm === 'instant';
  return {
    ...withNote(statement, costOf(alter, rung, rows)),
    class: isInstant && rung.lock === 'none' ? 'catalog' : 'scan',
  };
}

function costOf({ table }: AlterStatement, { algorithm, lock }: Rung, rows: number): string | undefined {
  if (lock === 'none') return undefined;
  const does = algorithm === 'copy' ? 'copies' : 'reads';
  const who = lock === 'exclusive' ? 'readers and writers' : 'writers';
  return `the server ${does} ${table}${rows === 0 ? '' : `, about ${rows} rows,`} and keeps ${who} out meanwhile`;
}

function untried(alter: AlterStatement): DefinitionStatement {
  return withNote(
    printAlter(alter),
    `it could not be tried how the server changes ${alter.table}: it may copy the table and keep writers out meanwhile`,
  );
}

function withNote(statement: DefinitionStatement, note: string | undefined): DefinitionStatement {
  if (note === undefined) return statement;
  return { ...statement, note: [statement.note, note].filter((text) => text !== undefined).join('; ') };
}
