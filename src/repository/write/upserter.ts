import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { unknownField } from '../filter/filter-node.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import type { Upserted, UpsertOptions } from '../repository.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { batchRows, BulkWriter, type RowBatch } from './bulk-writer.ts';
import { findUniqueKey, type UniqueKey } from './unique-key.ts';
import { insertValues, shapeOf, type WriteValues } from './write-values.ts';
import { inTransaction } from './writer.ts';

type Row = Record<string, unknown>;

/** Inserts rows, or changes those that share a unique key: one native statement, so that racing callers never fail. */
export class Upserter {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;
  private readonly bulk: BulkWriter;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
    this.bulk = new BulkWriter(plan, plans);
  }

  async upsert(session: Session, given: object, options: UpsertOptions<Row>): Promise<Upserted<Row>> {
    const { plan } = this;
    const key = findUniqueKey(options.match, plan);
    const write = insertValues(given, plan);
    const updated = this.updatedFields(given, key, options);
    const keyValues = key.fields.map((field) => keyValue(field, write, plan));
    const shape = `${shapeOf(write.fields)}:${positions(key.fields)}:${positions(updated)}`;
    const { upsertOutcome } = plan.dialect.queries;
    const returning = upsertOutcome.kind === 'returning' ? ` returning ${plan.selectList}, ${upsertOutcome.sql}` : '';
    const statement = this.plans.get(`p${shape}`, () =>
      this.compile(write.fields, this.tail(key, updated) + returning),
    );
    switch (upsertOutcome.kind) {
      case 'returning': {
        const [row] = (await session.run(statement, write.values)).rows;
        if (row === undefined) return { row: await this.read(session, key, keyValues), created: false };
        return { row: plan.mapRow(row), created: Number(row[plan.fields.length]) === 1 };
      }
      case 'changes':
        return await inTransaction(session, async (transaction) => {
          const { changes } = await transaction.run(statement, write.values);
          return { row: await this.read(transaction, key, keyValues), created: changes === 1 };
        });
      case 'look-first':
        return await inTransaction(session, async (transaction) => {
          const existed = await this.exists(transaction, key, keyValues);
          await transaction.run(statement, write.values);
          return { row: await this.read(transaction, key, keyValues), created: !existed };
        });
    }
  }

  async upsertMany(session: Session, given: readonly object[], options: UpsertOptions<Row>): Promise<number> {
    const { plan } = this;
    const key = findUniqueKey(options.match, plan);
    const distinct = lastOfEachKey(given, key, plan);
    const [first] = distinct;
    if (first === undefined) return 0;
    const groups = Map.groupBy(distinct, (row) => Object.keys(row).toSorted().join());
    return await inTransaction(session, async (transaction) => {
      for (const rows of groups.values()) {
        const updated = this.updatedFields(rows[0] ?? first, key, options);
        const batches: readonly RowBatch[] = batchRows(rows, plan);
        await this.bulk.write(transaction, batches, this.tail(key, updated));
      }
      return distinct.length;
    });
  }

  /** The columns written when the row exists: the chosen ones, else every given one that may change. */
  private updatedFields(given: object, key: UniqueKey, options: UpsertOptions<Row>): readonly Field[] {
    const names = options.update ?? Object.keys(given).filter((name) => !options.match.includes(name));
    return names.flatMap((name) => {
      const field = this.plan.fieldOf.get(name);
      if (field === undefined) throw unknownField(name, this.plan);
      if (key.fields.includes(field)) return [];
      if (!field.immutable) return [field];
      if (options.update === undefined) return [];
      throw new RowhouseError('FIELD_IMMUTABLE', `${this.plan.label}.${name} cannot change after the insert`, {
        details: { table: this.plan.label, field: name },
      });
    });
  }

  private tail(key: UniqueKey, updated: readonly Field[]): string {
    const { updatedAt, dialect } = this.plan;
    const touched = updatedAt === undefined || updated.length === 0 || updated.includes(updatedAt);
    return dialect.queries.upsert({
      key: key.fields.map(({ name }) => name),
      update: updated.map(({ name }) => name),
      assign: touched ? [] : [{ column: updatedAt.name, sql: dialect.queries.currentMoment(updatedAt.type) }],
      where: key.where,
    });
  }

  private compile(fields: readonly Field[], tail: string): string {
    const writer = new QueryWriter(this.plan.dialect);
    const columns = fields.map(({ name }) => name).join(', ');
    return `insert into ${this.plan.table} (${columns}) values (${fields.map(() => writer.placeholder()).join(', ')})${tail}`;
  }

  private async exists(session: Session, key: UniqueKey, keyValues: readonly unknown[]): Promise<boolean> {
    const statement = this.plans.get(`x${positions(key.fields)}`, () => {
      return `select 1 from ${this.plan.table} where ${this.compileMatch(key)}`;
    });
    return (await session.run(statement, keyValues)).rows.length > 0;
  }

  /** The row with the unique key. None means that the write met another unique key, on an engine that stops at any. */
  private async read(session: Session, key: UniqueKey, keyValues: readonly unknown[]): Promise<Row> {
    const { plan } = this;
    const statement = this.plans.get(`y${positions(key.fields)}`, () => {
      return `select ${plan.selectList} from ${plan.table} where ${this.compileMatch(key)}`;
    });
    const [row] = (await session.run(statement, keyValues)).rows;
    if (row !== undefined) return plan.mapRow(row);
    throw new RowhouseError('UNIQUE_VIOLATION', `${plan.label}: another row has one of the other unique values`, {
      details: { table: plan.label },
    });
  }

  private compileMatch(key: UniqueKey): string {
    const writer = new QueryWriter(this.plan.dialect);
    const match = key.fields.map(({ name }) => `${name} = ${writer.placeholder()}`).join(' and ');
    return key.where === undefined ? match : `${match} and (${key.where})`;
  }
}

/** Of rows with the same unique key the last one. */
function lastOfEachKey(given: readonly object[], key: UniqueKey, plan: TablePlan): readonly object[] {
  const byKey = new Map<string, object>();
  for (const row of given) {
    const write = insertValues(row, plan);
    const identity = JSON.stringify(key.fields.map((field) => String(keyValue(field, write, plan))));
    byKey.delete(identity);
    byKey.set(identity, row);
  }
  return [...byKey.values()];
}

/** A null never meets another row's null, so a key with one would insert again each time. */
function keyValue(field: Field, write: WriteValues, plan: TablePlan): unknown {
  const value = write.values[write.fields.indexOf(field)] ?? null;
  if (value !== null) return value;
  throw new RowhouseError(
    'VALUE_INVALID',
    `${plan.label}.${field.key} decides the upsert and cannot be absent or null`,
    {
      details: { table: plan.label, field: field.key },
    },
  );
}

function positions(fields: readonly Field[]): string {
  return fields.map(({ position }) => position).join();
}
