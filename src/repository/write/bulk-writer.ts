import { runNow } from '../../database/run-now.ts';
import type { Session } from '../../database/session.ts';
import type { Result, Statement } from '../../driver/connection.ts';
import type { PlanCache } from '../plan-cache.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { cutArray, cutIterable, isArray, once, rowsAtOnce, type RowSource } from './row-source.ts';
import { insertValues, shapeOf } from './write-values.ts';
import { inTransaction } from './writer.ts';

/** Rows that give the same columns, in wire form. */
export interface RowBatch {
  readonly fields: readonly Field[];
  readonly rows: (readonly unknown[])[];
}

/** Inserts many rows with as few statements as the engine allows. */
export class BulkWriter {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;
  private latest: { readonly sql: string; readonly tail: string; readonly statement: Statement } | undefined;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  /** All rows or none; gives their number. */
  async insertMany(session: Session, given: RowSource): Promise<number> {
    if (isArray(given)) {
      if (given.length <= rowsAtOnce) return await this.write(session, batchRows(given, this.plan, session), '');
      return await inTransaction(session, async (transaction) => await this.insertAll(transaction, cutArray(given)));
    }
    const chunks = cutIterable(given);
    return await inTransaction(
      session,
      once(async (transaction) => await this.insertAll(transaction, chunks)),
    );
  }

  /** Memory holds one chunk in wire form, however many there are. */
  private async insertAll(
    session: Session,
    chunks: Iterable<readonly object[]> | AsyncIterable<readonly object[]>,
  ): Promise<number> {
    let count = 0;
    for await (const chunk of chunks) count += await this.write(session, batchRows(chunk, this.plan, session), '');
    return count;
  }

  /** Inserts the batches with `tail` after each insert. */
  async write(session: Session, batches: readonly RowBatch[], tail: string): Promise<number> {
    const [first] = batches;
    if (first === undefined) return 0;
    const { bulkRows } = this.plan.dialect.queries;
    if (batches.length === 1 && first.rows.length <= this.limited(bulkRows, first))
      return await this.writePart(session, first, tail, false);
    return await inTransaction(session, async (transaction) => {
      const quickRows = tail === '' ? await this.quickRows(transaction, batches) : undefined;
      const sizes = quickRows === undefined ? [bulkRows] : [quickRows, bulkRows];
      let count = 0;
      for (const part of batches.flatMap((batch) => this.cut(batch, sizes))) {
        const written = this.writePart(transaction, part, tail, quickRows !== undefined);
        count += typeof written === 'number' ? written : await written;
      }
      return count;
    });
  }

  /** The rows of a part where the engine has a quicker way that this table can take. */
  private async quickRows(transaction: Session, batches: readonly RowBatch[]): Promise<number | undefined> {
    const { dialect, definition } = this.plan;
    const { quickBulk } = dialect.queries;
    if (quickBulk === undefined || countOf(batches) < quickBulk.from) return undefined;
    const statement = this.plans.get(quickBulk.question, () => quickBulk.question);
    const answer = runNow(transaction, statement, [definition.name]);
    const { rows } = answer instanceof Promise ? await answer : answer;
    return rows.length === 1 ? quickBulk.rows : undefined;
  }

  /** Parts of the first size for as long as there are rows for them, then of the next, then the rest. */
  private cut(batch: RowBatch, sizes: readonly number[]): readonly RowBatch[] {
    const { fields, rows } = batch;
    const parts: RowBatch[] = [];
    let start = 0;
    for (const most of sizes) {
      const size = this.limited(most, batch);
      for (; start + size <= rows.length; start += size) parts.push({ fields, rows: rows.slice(start, start + size) });
    }
    if (start < rows.length) parts.push({ fields, rows: rows.slice(start) });
    return parts;
  }

  /** An insert of no column at all cannot be written for several rows at once, so those rows go one by one. */
  private limited(size: number, { fields }: RowBatch): number {
    if (fields.length === 0) return 1;
    return Math.min(size, Math.floor(this.plan.dialect.traits.parameterLimit / fields.length));
  }

  /** Gives the number of rows: no promise where the engine is in this process. */
  private writePart(
    session: Session,
    { fields, rows }: RowBatch,
    tail: string,
    quick: boolean,
  ): number | Promise<number> {
    const { plan } = this;
    const { queries } = plan.dialect;
    if (fields.length === 0) {
      const statement = this.plans.get('i0', () => `insert into ${plan.table} ${queries.emptyInsert}`);
      return written(1, runNow(session, statement, []));
    }
    const insert = queries.bulkInsert({ table: plan.table, columns: fields, rows, quick });
    return written(rows.length, runNow(session, this.statementOf(insert.sql, tail), insert.values));
  }

  /** The parts of a set mostly have one text, which is put together and looked up once for all of them. */
  private statementOf(sql: string, tail: string): Statement {
    if (this.latest?.sql === sql && this.latest.tail === tail) return this.latest.statement;
    const whole = sql + tail;
    const statement = this.plans.get(whole, () => whole);
    this.latest = { sql, tail, statement };
    return statement;
  }
}

function written(count: number, answer: Result | Promise<Result>): number | Promise<number> {
  return answer instanceof Promise ? answer.then(() => count) : count;
}

function countOf(batches: readonly RowBatch[]): number {
  let count = 0;
  for (const { rows } of batches) count += rows.length;
  return count;
}

/** The rows in wire form, those that give the same columns together. */
export function batchRows(given: readonly object[], plan: TablePlan, session: Session): readonly RowBatch[] {
  const batches = new Map<string, RowBatch>();
  let last: RowBatch | undefined;
  for (const row of given) {
    const { fields, values } = insertValues(row, plan, session, last?.fields);
    if (last?.fields !== fields) {
      const shape = shapeOf(fields);
      last = batches.get(shape) ?? { fields, rows: [] };
      batches.set(shape, last);
    }
    last.rows.push(values);
  }
  return [...batches.values()];
}
