import { runNow } from '../../database/run-now.ts';
import type { Session } from '../../database/session.ts';
import type { Result } from '../../driver/connection.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { unknownField } from '../filter/filter-node.ts';
import { withinReach } from '../filter/within-reach.ts';
import type { PlanCache } from '../plan-cache.ts';
import { QueryWriter } from '../query-writer.ts';
import { refuseUnknownOptions } from '../refuse-unknown-options.ts';
import type { MatchOptions, Upserted, UpsertOptions } from '../repository.ts';
import type { Field, TablePlan } from '../table-plan.ts';
import { batchRows, BulkWriter, type RowBatch } from './bulk-writer.ts';
import { findUniqueKey, type UniqueKey } from './unique-key.ts';
import { insertValues, shapeOf, type WriteValues } from './write-values.ts';
import { hasForm, namesGiven, type AskedForm, type UpsertForm } from './upsert-form.ts';
import { inTransaction } from './writer.ts';

type Row = Record<string, unknown>;

/** What an engine that gives back the outcome says. */
const inserted = 1;
const metByOtherKey = 2;

interface TailOptions {
  /** Another tenant's row with the key stays as it is. */
  readonly bound?: boolean;
  /** The statement gives back what became of its row. */
  readonly told?: true;
}

/** A row may be deleted between the insert that met it and the look at it, but hardly three times in a row. */
const getOrCreateAttempts = 3;

/** Inserts rows, or changes those that share a unique key: one native statement, so that racing callers never fail. */
export class Upserter {
  private readonly plan: TablePlan;
  private readonly plans: PlanCache;
  private readonly bulk: BulkWriter;
  /** Keys by the properties that were asked for. These come from code, so they are few. */
  private readonly keys = new Map<string, UniqueKey>();
  /** Of the last upsert: most that follow are of the same form. */
  private latest: UpsertForm | undefined;

  constructor(plan: TablePlan, plans: PlanCache) {
    this.plan = plan;
    this.plans = plans;
    this.bulk = new BulkWriter(plan, plans);
  }

  async upsert(session: Session, given: object, options: UpsertOptions<Row>): Promise<Upserted<Row>> {
    const { plan } = this;
    refuseUnknownOptions(options, 'upsert', plan);
    const key = this.keyOver(options.match);
    const write = insertValues(given, plan, session, this.latest?.fields);
    const keyValues = key.fields.map((field) => keyValue(field, write, plan));
    const bound = session.tenant !== undefined;
    const { statement, changesNone } = this.formOf(given, { key, fields: write.fields, bound, update: options.update });
    const { upsertOutcome } = plan.dialect.queries;
    switch (upsertOutcome.kind) {
      case 'returning': {
        const [row] = (await session.run(statement, write.values)).rows;
        if (row === undefined) return await this.left(session, key, keyValues);
        const outcome = Number(row[plan.fields.length]);
        if (outcome === metByOtherKey) throw otherKey(plan);
        return { row: plan.mapRow(row), created: outcome === inserted };
      }
      case 'changes':
        return await inTransaction(session, async (transaction) => {
          const { changes } = await transaction.run(statement, write.values);
          return { row: await this.read(transaction, key, keyValues), created: changes === 1 };
        });
      case 'met': {
        // A row that may be left as it is must not be deleted by others before it is read.
        if (changesNone || (bound && this.spansTenants(key))) {
          return await inTransaction(session, async (transaction) => {
            const answer = await transaction.run(statement, write.values);
            return this.written(answer) ?? (await this.left(transaction, key, keyValues));
          });
        }
        const answer = runNow(session, statement, write.values);
        const written = this.written(answer instanceof Promise ? await answer : answer);
        return written ?? (await this.left(session, key, keyValues));
      }
    }
  }

  /** What a statement wrote that says whether it met a row; undefined when it wrote nothing. */
  private written({ rows: [row], met }: Result): Upserted<Row> | undefined {
    return row === undefined ? undefined : { row: this.plan.mapRow(row), created: met !== true };
  }

  private async left(session: Session, key: UniqueKey, keyValues: readonly unknown[]): Promise<Upserted<Row>> {
    return { row: await this.read(session, key, keyValues), created: false };
  }

  /** A first look spares the write, and its number of an identity column, when the row is there: nearly always. */
  async getOrCreate(session: Session, given: object, options: MatchOptions<Row>): Promise<Upserted<Row>> {
    const { plan } = this;
    refuseUnknownOptions(options, 'getOrCreate', plan);
    const key = this.keyOver(options.match);
    const write = insertValues(given, plan, session);
    const keyValues = key.fields.map((field) => keyValue(field, write, plan));
    for (let attempt = 0; attempt < getOrCreateAttempts; attempt++) {
      const row = await this.find(session, key, keyValues, attempt > 0);
      if (row !== undefined) return { row, created: false };
      const inserted = await this.insertUnlessThere(session, key, write);
      if (inserted !== undefined) return { row: inserted, created: true };
    }
    throw otherKey(plan);
  }

  async upsertMany(session: Session, given: readonly object[], options: UpsertOptions<Row>): Promise<number> {
    const { plan } = this;
    refuseUnknownOptions(options, 'upsertMany', plan);
    const key = this.keyOver(options.match);
    const distinct = lastOfEachKey(given, key, plan, session);
    const [first] = distinct;
    if (first === undefined) return 0;
    if (this.spansTenants(key) || key.ignoringCase.length > 0) return await this.upsertEach(session, distinct, options);
    const groups = Map.groupBy(distinct, (row) => namesGiven(row).toSorted().join());
    return await inTransaction(session, async (transaction) => {
      for (const rows of groups.values()) {
        const batches: readonly RowBatch[] = batchRows(rows, plan, session);
        const fields = batches[0]?.fields ?? [];
        const updated = this.updatedFields(rows[0] ?? first, { key, fields, update: options.update });
        await this.bulk.write(transaction, batches, this.tail(key, updated));
      }
      return distinct.length;
    });
  }

  /**
   * The key may be that of another tenant's row, which is left alone: each row is looked at, lest one is lost unseen. Or two
   * rows may have one key in small letters, which only the database knows.
   */
  private async upsertEach(session: Session, rows: readonly object[], options: UpsertOptions<Row>): Promise<number> {
    return await inTransaction(session, async (transaction) => {
      for (const row of rows) await this.upsert(transaction, row, options);
      return rows.length;
    });
  }

  private spansTenants(key: UniqueKey): boolean {
    const { tenant } = this.plan;
    return tenant !== undefined && !key.fields.includes(tenant);
  }

  /** Undefined: a row with the key is there. */
  private async insertUnlessThere(session: Session, key: UniqueKey, write: WriteValues): Promise<Row | undefined> {
    const { plan } = this;
    const countsChanges = plan.dialect.queries.upsertOutcome.kind === 'changes';
    const statement = this.plans.get(`o${shapeOf(write.fields)}:${positions(key.fields)}`, () =>
      this.compile(write.fields, this.tail(key, [], { told: true }) + this.returning()),
    );
    if (!countsChanges) {
      const [row] = (await session.run(statement, write.values)).rows;
      if (row === undefined || Number(row[plan.fields.length] ?? inserted) !== inserted) return undefined;
      return plan.mapRow(row);
    }
    const keyValues = key.fields.map((field) => keyValue(field, write, plan));
    return await inTransaction(session, async (transaction) => {
      const { changes } = await transaction.run(statement, write.values);
      return changes === 1 ? await this.read(transaction, key, keyValues) : undefined;
    });
  }

  /** The row with the key, if the session can reach it. After another transaction was met: as it is now. */
  private async find(
    session: Session,
    key: UniqueKey,
    keyValues: readonly unknown[],
    latest: boolean,
  ): Promise<Row | undefined> {
    const { plan } = this;
    const reach = withinReach(plan, session, false);
    const tail = latest && session.inTransaction ? (plan.dialect.queries.latestRead ?? '') : '';
    const statement = this.plans.get(`q${positions(key.fields)}${reach.key}${tail}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const match = this.compileMatch(key, writer);
      return `select ${plan.selectList} from ${plan.table} where ${match}${reach.compile(writer)}${tail}`;
    });
    const [row] = (await session.run(statement, [...keyValues, ...reach.values])).rows;
    return row === undefined ? undefined : plan.mapRow(row);
  }

  private keyOver(match: readonly string[]): UniqueKey {
    const name = match.join('\0');
    let key = this.keys.get(name);
    if (key === undefined) this.keys.set(name, (key = findUniqueKey(match, this.plan)));
    return key;
  }

  private formOf(given: object, asked: AskedForm): UpsertForm {
    const { latest } = this;
    if (latest !== undefined && hasForm(given, asked, latest)) return latest;
    const { key, fields, bound, update } = asked;
    const updated = this.updatedFields(given, asked);
    const shape = `${bound ? 't' : ''}${shapeOf(fields)}:${positions(key.fields)}:${positions(updated)}`;
    const statement = this.plans.get(`p${shape}`, () =>
      this.compile(fields, this.tail(key, updated, { bound, told: true }) + this.returning()),
    );
    const names = namesGiven(given);
    this.latest = { ...asked, update: update?.slice(), names, statement, changesNone: updated.length === 0 };
    return this.latest;
  }

  /** The columns written when the row exists: the chosen ones that the insert has, else every given one that may change. */
  private updatedFields(given: object, { key, fields, update }: Omit<AskedForm, 'bound'>): readonly Field[] {
    return (update ?? namesGiven(given)).flatMap((name) => {
      const field = this.plan.fieldOf.get(name);
      if (field === undefined) throw unknownField(name, this.plan);
      if (key.fields.includes(field) || field === this.plan.version) return [];
      if (!field.immutable) return fields.includes(field) ? [field] : [];
      if (update === undefined) return [];
      throw new RowhouseError('FIELD_IMMUTABLE', `${this.plan.label}.${name} cannot change after the insert`, {
        details: { table: this.plan.label, field: name },
      });
    });
  }

  private tail(key: UniqueKey, updated: readonly Field[], { bound = false, told }: TailOptions = {}): string {
    const { dialect, tenant, table } = this.plan;
    return dialect.queries.upsert({
      key: key.fields.map((field) => ({ column: field.name, ignoresCase: key.ignoringCase.includes(field) })),
      update: updated.map(({ name }) => name),
      assign: updated.length === 0 ? [] : this.touched(updated),
      where: key.where,
      told,
      ...(bound && tenant !== undefined && this.spansTenants(key) ? { same: { table, column: tenant.name } } : {}),
    });
  }

  private touched(updated: readonly Field[]): readonly { readonly column: string; readonly sql: string }[] {
    const { updatedAt, version, dialect, table } = this.plan;
    const isMoved = updatedAt !== undefined && !updated.includes(updatedAt);
    return [
      ...(isMoved ? [{ column: updatedAt.name, sql: dialect.queries.currentMoment(updatedAt.type) }] : []),
      ...(version === undefined ? [] : [{ column: version.name, sql: `${table}.${version.name} + 1` }]),
    ];
  }

  /** What an upsert gives back beside its effect: the row it wrote, and, where the engine can tell, whether it inserted it. */
  private returning(): string {
    const { dialect, selectList } = this.plan;
    const { upsertOutcome } = dialect.queries;
    switch (upsertOutcome.kind) {
      case 'returning':
        return ` returning ${selectList}, ${upsertOutcome.sql}`;
      case 'met':
        return ` returning ${selectList}`;
      case 'changes':
        return '';
    }
  }

  private compile(fields: readonly Field[], tail: string): string {
    const writer = new QueryWriter(this.plan.dialect);
    const columns = fields.map(({ name }) => name).join(', ');
    return `insert into ${this.plan.table} (${columns}) values (${fields.map(() => writer.placeholder()).join(', ')})${tail}`;
  }

  /** The row with the unique key. None means that the write met another unique key, on an engine that stops at any. */
  private async read(session: Session, key: UniqueKey, keyValues: readonly unknown[]): Promise<Row> {
    const { plan } = this;
    const reach = withinReach(plan, session, true);
    const statement = this.plans.get(`y${positions(key.fields)}${reach.key}`, () => {
      const writer = new QueryWriter(plan.dialect);
      const match = this.compileMatch(key, writer);
      return `select ${plan.selectList} from ${plan.table} where ${match}${reach.compile(writer)}`;
    });
    const [row] = (await session.run(statement, [...keyValues, ...reach.values])).rows;
    if (row !== undefined) return plan.mapRow(row);
    throw otherKey(plan);
  }

  private compileMatch(key: UniqueKey, writer: QueryWriter): string {
    const { rules } = writer;
    const match = key.fields
      .map((field) => {
        const { name, type } = field;
        if (!key.ignoringCase.includes(field)) return `${name} = ${writer.placeholder()}`;
        return `lower(${name}) = lower(${rules.parameter(writer.placeholder(), type)})`;
      })
      .join(' and ');
    return key.where === undefined ? match : `${match} and (${key.where})`;
  }
}

function otherKey(plan: TablePlan): RowhouseError {
  return new RowhouseError('UNIQUE_VIOLATION', `${plan.label}: another row has one of the unique values`, {
    details: { table: plan.label },
  });
}

/** Of rows with the same unique key the last one. */
function lastOfEachKey(given: readonly object[], key: UniqueKey, plan: TablePlan, session: Session): readonly object[] {
  const byKey = new Map<string, object>();
  for (const row of given) {
    const write = insertValues(row, plan, session);
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
