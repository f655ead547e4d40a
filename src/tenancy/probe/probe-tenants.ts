import { displayName, sameName } from '../../catalog/model/object-name.ts';
import type { Database } from '../../database/database.ts';
import type { Session } from '../../database/session.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { TenantGap } from '../../dialect/tenant-tables.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { Repository } from '../../repository/repository.ts';
import { planTable, type TablePlan } from '../../repository/table-plan.ts';
import { catalogOf, type SchemaModule } from '../../schema/schema.ts';
import { definition, isTable, type AnyTable, type TableOf } from '../../schema/table/table.ts';
import { findTenantGaps } from '../fence/find-tenant-gaps.ts';
import type { Attempt, AttemptContext, Row } from './attempt.ts';
import { freshRow, type Side } from './fresh-row.ts';
import { hasTenant, plantRows, type Planted } from './plant-rows.ts';
import { probeReport, type ProbeCell, type ProbeReport } from './probe-report.ts';
import { sqlAttempts } from './sql-attempts.ts';
import { verbAttempts } from './verb-attempts.ts';
import { withoutPredicate } from './without-predicate.ts';

export interface ProbeOptions {
  readonly schema: SchemaModule;
  /** Ways beside the verbs of a repository and SQL by hand: the routes of an API. */
  readonly attempts?: readonly Attempt[] | undefined;
  /** Leave the compiled predicate out, to see what the database's own fence refuses. */
  readonly withoutPredicate?: boolean | undefined;
}

/** Errors by which a fence refuses. */
const refusals: ReadonlySet<string> = new Set([
  'ROW_NOT_FOUND',
  'TENANT_MISMATCH',
  'TENANT_UNFENCED',
  'UNIQUE_VIOLATION',
  'FOREIGN_KEY_VIOLATION',
  'FIELD_IMMUTABLE',
  'PERMISSION_DENIED',
  'PRECONDITION_FAILED',
]);

/**
 * Tries, as one tenant, everything that could reach a row of another: each verb of a repository on each table, SQL by
 * hand, and what else is given; what the database lacks of its own fence is in the report, whatever the account passes by.
 * It works in one transaction that is rolled back, so it leaves no row behind.
 *
 * @example
 * ```ts
 * const report = await probeTenants(database, { schema });
 * console.log(report.ok, report.cells.filter(isHole));
 * ```
 */
export async function probeTenants(database: Database, options: ProbeOptions): Promise<ProbeReport> {
  const { schema, attempts = [] } = options;
  const tables = tablesOf(schema);
  const gaps = await findTenantGaps(database, schema);
  const cells: ProbeCell[] = [];
  await undone(database.unscoped('tenant probe'), async (transaction) => {
    const planted = await plantRows(transaction, tables, catalogOf(schema));
    for (const table of tables.filter(hasTenant)) {
      cells.push(...gaps.filter((gap) => sameName(gap.table, table[definition])).map(missingFence));
      for (const attempt of [...verbAttempts, ...sqlAttempts, ...attempts]) {
        cells.push(await cellOf(transaction, attempt, table, planted, options));
      }
      cells.push(...(await hiddenRow(transaction, table, planted)));
    }
  });
  return probeReport(cells);
}

/** The tables of a schema, with their relations where it declares some. */
function tablesOf(schema: SchemaModule): readonly AnyTable[] {
  const exported = Object.values(schema);
  const related = exported.filter((value) => !isTable(value) && typeof value === 'object' && value !== null);
  const all = [...related.flatMap((tables) => Object.values(tables as object)), ...exported].filter(isTable);
  const once = all.filter((table, place) => all.findIndex((one) => one[definition] === table[definition]) === place);
  return once.filter((table) => exported.some((value) => isTable(value) && value[definition] === table[definition]));
}

async function cellOf(
  transaction: Transaction,
  attempt: Attempt,
  table: AnyTable,
  planted: Planted,
  options: ProbeOptions,
): Promise<ProbeCell> {
  const plan = planTable(table, transaction.dialect);
  const cell = { action: attempt.name, table: plan.label };
  if (plan.primaryKey.length === 0 || !attempt.isFor(plan)) return { ...cell, state: 'absent' };
  const target = planted.rows.get(plan.label);
  if (target === undefined)
    return { ...cell, state: 'failed', detail: `no row: ${planted.bare.get(plan.label) ?? ''}` };
  const victim = planted.childless.get(plan.label) ?? target.other;
  const trial = { transaction, attempt, table, plan, planted, victim };
  const ofOwner = attempt.control === false ? undefined : await tryAs('other', trial);
  if (ofOwner?.state === 'refused' && !excuses.has(ofOwner.detail ?? '')) {
    return { ...cell, state: 'failed', detail: `refused to its owner too: ${ofOwner.detail ?? 'nothing found'}` };
  }
  return { ...cell, ...(await tryAs('own', { ...trial, withoutPredicate: options.withoutPredicate })) };
}

function missingFence({ table, says }: TenantGap): ProbeCell {
  return { action: 'fence of the database', table: displayName(table), state: 'unfenced', detail: says };
}

/** What keeps the owner of a row from doing it as well, and whoever else: nothing is sent to a database without a fence. */
const excuses: ReadonlySet<string> = new Set(['TENANT_UNFENCED']);

interface Trial {
  readonly transaction: Transaction;
  readonly attempt: Attempt;
  readonly table: AnyTable;
  readonly plan: TablePlan;
  readonly planted: Planted;
  readonly victim: Row;
  readonly withoutPredicate?: boolean | undefined;
}

type Outcome = Pick<ProbeCell, 'state' | 'detail'>;

/** Makes the attempt as one of the two tenants, on the row of the other one, and takes it back. */
async function tryAs(side: Side, trial: Trial): Promise<Outcome> {
  const { transaction, attempt, table, planted } = trial;
  const { tenants } = planted;
  let outcome: Outcome = { state: 'failed' };
  await undone(transaction, async (nested) => {
    const context = contextOf(trial, side);
    const asOwner = async <T>(work: (rows: Repository<Row, Row, Row>) => Promise<T>): Promise<T> =>
      await nested.forTenant(tenants.other, async (theirs) => await work(createRepository(tableOf(table), theirs)));
    if (attempt.onDeleted === true) await asOwner(async (rows) => await rows.delete(context.key));
    const before = await asOwner(snapshot);
    const found = await outcomeOf(
      nested.forTenant(tenants[side], async (bound) => {
        const session = trial.withoutPredicate === true ? withoutPredicate(bound) : bound;
        return await attempt.run({ ...context, session, repository: createRepository(tableOf(table), session) });
      }),
    );
    outcome = (await asOwner(snapshot)) === before ? found : { state: 'reached', detail: 'changed' };
  });
  return outcome;
}

function contextOf(
  { table, plan, planted, victim }: Trial,
  side: Side,
): Omit<AttemptContext, 'session' | 'repository'> {
  const where = Object.fromEntries(plan.primaryKey.map(({ key }) => [key, victim[key]]));
  const [only, ...more] = plan.primaryKey;
  const tenant = plan.tenant?.key ?? '';
  return {
    table,
    plan,
    victim,
    where,
    key: (more.length === 0 && only !== undefined ? victim[only.key] : where) as AttemptContext['key'],
    fresh: (beneath) => freshRow(table, planted, beneath === 'own' ? side : 'other'),
    // Beneath the parents of the row's own tenant, so that no foreign key refuses what a predicate should.
    patch: patchOf(plan, freshRow(table, planted, 'other')),
    isTheirs: (row) => String(row[tenant]) === String(victim[tenant]),
  };
}

function patchOf({ fields, primaryKey }: TablePlan, row: Row): Row {
  const field = fields.find(
    ({ key, immutable, generated, ...rest }) =>
      !immutable &&
      !generated &&
      row[key] !== undefined &&
      !primaryKey.some(({ position }) => position === rest.position),
  );
  return field === undefined ? {} : { [field.key]: row[field.key] };
}

async function outcomeOf(attempt: Promise<number>): Promise<Outcome> {
  try {
    const reached = await attempt;
    return reached === 0
      ? { state: 'refused' }
      : { state: 'reached', detail: `${reached} ${reached === 1 ? 'row' : 'rows'}` };
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    if (error.code === 'CAPABILITY_MISSING') return { state: 'absent', detail: error.code };
    return { state: refusals.has(error.code) ? 'refused' : 'failed', detail: error.code };
  }
}

/** A fence that hides rows from their own tenant would refuse everything too. */
async function hiddenRow(transaction: Transaction, table: AnyTable, planted: Planted): Promise<readonly ProbeCell[]> {
  const { label } = planTable(table, transaction.dialect);
  const seen = await transaction.forTenant(planted.tenants.other, async (theirs) => {
    return await createRepository(tableOf(table), theirs).count();
  });
  return seen > 0 ? [] : [{ action: 'count of its own rows', table: label, state: 'failed', detail: 'hidden' }];
}

async function snapshot(repository: Repository<Row, Row, Row>): Promise<string> {
  const rows = await repository.list({ withDeleted: true });
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}

function tableOf(table: AnyTable): TableOf<Row, Row, Row> {
  return table as TableOf<Row, Row, Row>;
}

class Undone extends Error {}

/** Runs `work` in a transaction that is rolled back whatever happens. */
async function undone(session: Session, work: (transaction: Transaction) => Promise<void>): Promise<void> {
  const undo = new Undone();
  try {
    await session.transaction(
      async (transaction) => {
        await work(transaction);
        throw undo;
      },
      session.inTransaction ? {} : { attempts: 1 },
    );
  } catch (error) {
    if (error !== undo) throw error;
  }
}
