import { runNow } from '../../database/run-now.ts';
import type { Session, StatementWithValues } from '../../database/session.ts';
import type { Result, Statement, WrittenAndFound } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { filterKey } from '../filter/compile-filter.ts';
import { encodeKey, noPrimaryKey } from '../key.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { compileKey, filterValues } from '../read/reader.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import { rowNotFound } from '../row-not-found.ts';
import { allOf, reachOf } from '../filter/reach.ts';
import { withinReach, type WithinReach } from '../filter/within-reach.ts';
import { compileWhere } from '../read/select.ts';
import type { Key, VersionOptions, WriteManyOptions } from '../repository.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { deletionMark } from './deletion-mark.ts';
import { parsePredicate } from './predicate.ts';
import { anyVersion, expectVersion, splitVersion, versionConflict, type ExpectedVersion } from './expected-version.ts';
import { insertValues, patchValues, shapeOf, type WriteValues } from './write-values.ts';

type Row = Record<string, unknown>;
type Encoded = readonly unknown[];

/** A write of one row by its key. */
interface RowWrite {
  readonly statement: Statement;
  readonly values: Encoded;
  readonly keyValues: Encoded;
  readonly expected: ExpectedVersion;
}

interface KnownUpdate {
  readonly fields: readonly Field[];
  readonly condition: string;
  readonly statement: Statement;
}

/** The writing half of a repository, but for upserts and bulk inserts. */
export class Writer {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;
  /** Of the last insert and of the last update: most that follow give the same columns. */
  private latest: { readonly fields: readonly Field[]; readonly statement: Statement } | undefined;
  private latestUpdate: KnownUpdate | undefined;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
  }

  async insert(session: Session, given: object): Promise<Row> {
    const { plan } = this;
    const write = insertValues(given, plan, session, this.latest?.fields);
    const statement = this.insertOf(write.fields);
    if (plan.dialect.queries.returning.insert) {
      const answer = runNow(session, statement, write.values);
      const { rows } = answer instanceof Promise ? await answer : answer;
      return plan.mapRow(onlyRow(rows, plan));
    }
    return await inTransaction(session, async (transaction) => {
      const { lastId } = await transaction.run(statement, write.values);
      return await this.read(transaction, insertedKey(write, lastId, plan), anyVersion);
    });
  }

  async update(session: Session, key: Key, given: object): Promise<Row> {
    const { plan } = this;
    const { patch, version } = splitVersion(given, plan);
    const write = patchValues(patch, plan, this.latestUpdate?.fields);
    const keyValues = encodeKey(key, plan);
    const expected = expectVersion(version, plan);
    if (write.fields.length === 0) return await this.read(session, keyValues, expected);
    const reach = withinReach(plan, session, false);
    const statement = this.updateOf(write.fields, expected, reach);
    const values = [...write.values, ...keyValues, ...expected.values, ...reach.values];
    const row = this.writeAndRead(session, { statement, values, keyValues, expected });
    return row instanceof Promise ? await row : row;
  }

  async updateWhere(
    session: Session,
    where: object | 'all',
    patch: object,
    options?: WriteManyOptions,
  ): Promise<number> {
    const { plan } = this;
    refuseUnknownOptions(options, 'updateWhere', plan);
    const write = patchValues(patch, plan);
    if (write.fields.length === 0) {
      throw new RowhouseError('VALUE_INVALID', `${plan.label}: the patch changes nothing`, {
        details: { table: plan.label },
      });
    }
    const filter = allOf(reachOf(plan, session, false), parsePredicate(where, plan, session));
    const statement = this.plans.get(
      `U${shapeOf(write.fields)}${filter === undefined ? '' : filterKey(filter)}`,
      () => {
        const writer = new QueryWriter(plan.dialect);
        return `update ${plan.table} set ${this.compileSet(write.fields, writer)}${compileWhere(filter, writer)}`;
      },
    );
    return await runCounted(session, plan, statement, [...write.values, ...filterValues(filter, plan)], options);
  }

  async delete(session: Session, key: Key, options?: VersionOptions): Promise<void> {
    const { plan } = this;
    refuseUnknownOptions(options, 'delete', plan);
    const expected = expectVersion(options?.version, plan);
    const reach = withinReach(plan, session, false);
    const statement = this.plans.get(`d${expected.key}${reach.key}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const condition = compileKey(plan, writer) + expected.compile(writer) + reach.compile(writer);
      return `${this.compileDelete()} where ${condition}`;
    });
    const keyValues = encodeKey(key, plan);
    const answer = runNow(session, statement, [...keyValues, ...expected.values, ...reach.values]);
    const { changes } = answer instanceof Promise ? await answer : answer;
    if (changes === 0) throw await this.noRow(session, keyValues, expected);
  }

  async softDelete(session: Session, key: Key, options?: VersionOptions): Promise<void> {
    refuseUnknownOptions(options, 'softDelete', this.plan);
    deletionMark(this.plan);
    await this.delete(session, key, options);
  }

  async deleteWhere(session: Session, where: object | 'all', options?: WriteManyOptions): Promise<number> {
    const { plan } = this;
    refuseUnknownOptions(options, 'deleteWhere', plan);
    const filter = allOf(reachOf(plan, session, false), parsePredicate(where, plan, session));
    const statement = this.plans.get(`D${filter === undefined ? '' : filterKey(filter)}`, () => {
      return `${this.compileDelete()}${compileWhere(filter, new QueryWriter(plan.dialect))}`;
    });
    return await runCounted(session, plan, statement, filterValues(filter, plan), options);
  }

  async restore(session: Session, key: Key): Promise<Row> {
    const { plan } = this;
    const deletedAt = deletionMark(plan);
    const reach = withinReach(plan, session, true);
    const statement = this.plans.get(`r${reach.key}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const where = `${compileKey(plan, writer)} and ${deletedAt.name} is not null${reach.compile(writer)}`;
      return `update ${plan.table} set ${deletedAt.name} = null${this.touch()} where ${where}${this.updateTail()}`;
    });
    const keyValues = encodeKey(key, plan);
    const values = [...keyValues, ...reach.values];
    return await this.writeAndRead(session, { statement, values, keyValues, expected: anyVersion });
  }

  /**
   * Runs a write of one row by key and gives the row back: in the same statement, or read before anyone else can change it.
   * No promise where the engine is in this process.
   */
  private writeAndRead(session: Session, write: RowWrite): Row | Promise<Row> {
    if (!this.plan.dialect.queries.returning.update) return this.writeThenRead(session, write);
    const answer = runNow(session, write.statement, write.values);
    if (answer instanceof Promise) return answer.then((result) => this.returned(session, result, write));
    return this.returned(session, answer, write);
  }

  private returned(session: Session, { rows: [row] }: Result, { keyValues, expected }: RowWrite): Row | Promise<Row> {
    return row === undefined ? this.missed(session, keyValues, expected) : this.plan.mapRow(row);
  }

  private async missed(session: Session, keyValues: Encoded, expected: ExpectedVersion): Promise<never> {
    throw await this.noRow(session, keyValues, expected);
  }

  private async writeThenRead(session: Session, { statement, values, keyValues, expected }: RowWrite): Promise<Row> {
    const { plan } = this;
    const write: StatementWithValues = [statement, values];
    const look = this.bindFind(session, keyValues, anyVersion);
    const isGuarded = plan.dialect.queries.onlyWithin !== undefined;
    const together = isGuarded ? await session.writeAndLook?.({ write, look }) : undefined;
    if (together !== undefined) return await this.found(session, together, keyValues, expected);
    return await inTransaction(session, async (transaction) => {
      const [written, found] = await transaction.runAll([write, look]);
      if (written === undefined) throw rowNotFound(plan);
      return await this.found(transaction, { written, found }, keyValues, expected);
    });
  }

  private async found(
    session: Session,
    { written, found }: WrittenAndFound,
    keyValues: Encoded,
    expected: ExpectedVersion,
  ): Promise<Row> {
    if (written.changes === 0) throw await this.noRow(session, keyValues, expected);
    if (found === undefined) return await this.read(session, keyValues, anyVersion);
    const [row] = found.rows;
    if (row === undefined) throw await this.noRow(session, keyValues, anyVersion);
    return this.plan.mapRow(row);
  }

  /** The living row with a key that is in wire form already. */
  private async read(session: Session, keyValues: Encoded, expected: ExpectedVersion): Promise<Row> {
    const row = await this.find(session, keyValues, expected);
    if (row === undefined) throw await this.noRow(session, keyValues, expected);
    return row;
  }

  private async find(session: Session, keyValues: Encoded, expected: ExpectedVersion): Promise<Row | undefined> {
    const [row] = (await session.run(...this.bindFind(session, keyValues, expected))).rows;
    return row === undefined ? undefined : this.plan.mapRow(row);
  }

  private bindFind(session: Session, keyValues: Encoded, expected: ExpectedVersion): StatementWithValues {
    const { plan } = this;
    const reach = withinReach(plan, session, false);
    const statement = this.plans.get(`g${expected.key}${reach.key}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const condition = compileKey(plan, writer) + expected.compile(writer) + reach.compile(writer);
      return `select ${plan.selectList} from ${plan.table} where ${condition}`;
    });
    return [statement, [...keyValues, ...expected.values, ...reach.values]];
  }

  /** Why a call met no row: there is none, or it has another version than the one that is meant. */
  private async noRow(session: Session, keyValues: Encoded, { key }: ExpectedVersion): Promise<RowhouseError> {
    const isThere = key !== '' && (await this.find(session, keyValues, anyVersion)) !== undefined;
    return isThere ? versionConflict(this.plan) : rowNotFound(this.plan);
  }

  /** Most rows give the columns of the row before and share its list of them, which is found at once. */
  private insertOf(fields: readonly Field[]): Statement {
    if (this.latest?.fields === fields) return this.latest.statement;
    const statement = this.plans.get(`i${shapeOf(fields)}`, () => this.compileInsert(fields));
    this.latest = { fields, statement };
    return statement;
  }

  private updateOf(fields: readonly Field[], expected: ExpectedVersion, reach: WithinReach): Statement {
    const { latestUpdate: known } = this;
    const condition = expected.key + reach.key;
    if (known?.fields === fields && known.condition === condition) return known.statement;
    const statement = this.plans.get(`u${shapeOf(fields)}${condition}`, () =>
      this.compileUpdate(fields, expected, reach),
    );
    this.latestUpdate = { fields, condition, statement };
    return statement;
  }

  private compileInsert(fields: readonly Field[]): string {
    const { plan } = this;
    const { queries } = plan.dialect;
    const returning = queries.returning.insert ? ` returning ${plan.selectList}` : '';
    if (fields.length === 0) return `insert into ${plan.table} ${queries.emptyInsert}${returning}`;
    const writer = new QueryWriter(plan.dialect);
    const columns = fields.map(({ name }) => name).join(', ');
    const values = fields.map(() => writer.placeholder()).join(', ');
    return `insert into ${plan.table} (${columns}) values (${values})${returning}`;
  }

  private compileUpdate(fields: readonly Field[], expected: ExpectedVersion, reach: WithinReach): string {
    const { plan } = this;
    const writer = new QueryWriter(plan.dialect);
    const set = this.compileSet(fields, writer);
    const condition = compileKey(plan, writer) + expected.compile(writer) + reach.compile(writer);
    return `update ${plan.table} set ${set} where ${condition}${this.updateTail()}`;
  }

  private compileSet(fields: readonly Field[], writer: QueryWriter): string {
    const set = fields.map(({ name }) => `${name} = ${writer.placeholder()}`);
    return set.join(', ') + this.touch(fields);
  }

  private compileDelete(): string {
    const { plan } = this;
    const { deletedAt } = plan;
    if (deletedAt === undefined) return `delete from ${plan.table}`;
    return `update ${plan.table} set ${deletedAt.name} = ${plan.dialect.queries.currentMoment(deletedAt.type)}${this.touch()}`;
  }

  /** `, "updated_at" = <now>, "version" = "version" + 1` where the table keeps them and `fields` does not give them. */
  private touch(fields: readonly Field[] = []): string {
    const { updatedAt, version, dialect } = this.plan;
    const isMoved = updatedAt !== undefined && !fields.includes(updatedAt);
    const moved = isMoved ? `, ${updatedAt.name} = ${dialect.queries.currentMoment(updatedAt.type)}` : '';
    return moved + (version === undefined ? '' : `, ${version.name} = ${version.name} + 1`);
  }

  /** The row that is written comes back, or nothing is written outside of a transaction. */
  private updateTail(): string {
    const { plan } = this;
    const { returning, onlyWithin } = plan.dialect.queries;
    if (returning.update) return ` returning ${plan.selectList}`;
    return onlyWithin === undefined ? '' : ` and ${onlyWithin}`;
  }
}

/** Runs `work` in the session's transaction, or in one of its own. */
export async function inTransaction<T>(session: Session, work: (transaction: Session) => Promise<T>): Promise<T> {
  return session.inTransaction ? await work(session) : await session.transaction(work, { brief: true });
}

/** Runs a write and gives the number of its rows; another number than expected rolls it back. */
export async function runCounted(
  session: Session,
  { label }: TablePlan,
  statement: Statement,
  values: readonly unknown[],
  options: WriteManyOptions | undefined,
): Promise<number> {
  const expected = options?.expected;
  if (expected === undefined) return (await session.run(statement, values)).changes;
  return await inTransaction(session, async (transaction) => {
    const { changes } = await transaction.run(statement, values);
    if (changes === expected) return changes;
    throw new RowhouseError('ROW_COUNT_UNEXPECTED', `${label}: ${changes} rows would change, not ${expected}`, {
      details: { table: label, expected, found: changes },
    });
  });
}

/** The key of a row just inserted: given, made in code, or numbered by the database. */
function insertedKey(write: WriteValues, lastId: bigint | undefined, plan: TablePlan): readonly unknown[] {
  if (plan.primaryKey.length === 0) throw noPrimaryKey(plan);
  return plan.primaryKey.map((field) => {
    const position = write.fields.indexOf(field);
    if (position >= 0) return write.values[position];
    if (lastId === undefined) throw noPrimaryKey(plan);
    return lastId.toString();
  });
}

function onlyRow(rows: readonly (readonly unknown[])[], plan: TablePlan): readonly unknown[] {
  const [row] = rows;
  if (row === undefined) throw rowNotFound(plan);
  return row;
}
