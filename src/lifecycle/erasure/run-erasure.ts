import { createHash } from 'node:crypto';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import { parseFilter } from '../../repository/filter/filter-node.ts';
import { findsEveryRow } from '../../repository/filter/finds-every-row.ts';
import type { Repository } from '../../repository/repository.ts';
import { planTable } from '../../repository/table-plan.ts';
import type { JsonValue } from '../../schema/column/types.ts';
import type { TableOf } from '../../schema/table/table.ts';
import { sessionFor } from '../session-for.ts';
import { ensureErasureTable, erasures, type ErasureOutcome, type ErasureRecord } from './erasure-record.ts';
import type { ErasurePlan, ErasureStep } from './erasure.ts';
import { replaceValues } from './replace-values.ts';

type Row = Readonly<Record<string, unknown>>;

export interface ErasureRun {
  /** Whom to forget, as the steps of the plan understand it. */
  readonly subject: string;
  /** The plan's name, for the record. */
  readonly name: string;
  readonly now: Date;
  /** Does everything and takes it back: the counts, and what stands in the way, are those of the real run. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Makes a database forget a subject, in one transaction with its record: all of it or nothing. */
export async function runErasure(database: Database, plan: ErasurePlan, run: ErasureRun): Promise<ErasureRecord> {
  const tables = plan.steps.map(({ table }) => table);
  const session = sessionFor(database, tables, 'erasure');
  if (run.dryRun !== true) await ensureErasureTable(database);
  try {
    return await session.transaction(
      async (transaction) => {
        const record = await runSteps(transaction, plan, run);
        if (run.dryRun === true) throw new TakenBack(record);
        await createRepository(erasures, transaction).insert({
          ...record,
          steps: record.steps as unknown as JsonValue,
        });
        await plan.audit?.(record, transaction);
        return record;
      },
      { signal: run.signal },
    );
  } catch (error) {
    if (error instanceof TakenBack) return error.record;
    throw error;
  }
}

/** Thrown to roll a dry run back. */
class TakenBack extends Error {
  readonly record: ErasureRecord;

  constructor(record: ErasureRecord) {
    super('the dry run is taken back');
    this.record = record;
  }
}

async function runSteps(
  transaction: Transaction,
  { steps }: ErasurePlan,
  { subject, name, now }: ErasureRun,
): Promise<ErasureRecord> {
  const outcomes: ErasureOutcome[] = [];
  for (const step of steps) outcomes.push(await runStep(transaction, step, subject));
  const subjectHash = createHash('sha256').update(subject).digest('hex');
  return { plan: name, subjectHash, erasedAt: now, steps: outcomes };
}

async function runStep(transaction: Transaction, step: ErasureStep, subject: string): Promise<ErasureOutcome> {
  const plan = planTable(step.table, transaction.dialect);
  const rows: Repository<Row, Row, Row> = createRepository(step.table as TableOf<Row, Row, Row>, transaction);
  const where = step.rowsOf(subject);
  if (findsEveryRow(parseFilter(where, plan, transaction))) throw everybody(plan.label);
  const outcome = { table: plan.label, kind: step.kind, rows: await rows.count(where, { withDeleted: true }) };
  switch (step.kind) {
    case 'delete':
      await rows.deleteWhere(where);
      if (plan.deletedAt !== undefined) await rows.purgeWhere(where);
      return outcome;
    case 'anonymise':
      await anonymise(transaction, step, where, rows);
      return outcome;
    case 'keep':
      return { ...outcome, reason: step.reason };
  }
}

/** One statement where every row gets the same values, else one for each row. */
async function anonymise(
  transaction: Transaction,
  { table, replacements }: Extract<ErasureStep, { kind: 'anonymise' }>,
  where: Row,
  rows: Repository<Row, Row, Row>,
): Promise<void> {
  const plan = planTable(table, transaction.dialect);
  const makers = Object.entries(replacements).filter(([, value]) => typeof value === 'function');
  if (makers.length === 0) return await replaceValues(transaction, plan, where, replacements);
  for (const row of await rows.list({ where, withDeleted: true })) {
    const made = makers.map(([key, make]) => [key, (make as (row: Row) => unknown)(row)] as const);
    const key = Object.fromEntries(plan.primaryKey.map((field) => [field.key, row[field.key]]));
    if (plan.primaryKey.length === 0) throw noKey(plan.label);
    await replaceValues(transaction, plan, key, { ...replacements, ...Object.fromEntries(made) });
  }
}

function everybody(table: string): RowhouseError {
  return new RowhouseError('PREDICATE_REQUIRED', `erasure: nothing says which rows of ${table} are the subject's`, {
    details: { table },
    hint: 'return a filter that names the subject',
  });
}

function noKey(table: string): RowhouseError {
  return new RowhouseError('CAPABILITY_MISSING', `erasure: ${table} has no primary key to write its rows one by one`, {
    details: { table },
    hint: 'replace values with constants, or delete the rows',
  });
}
