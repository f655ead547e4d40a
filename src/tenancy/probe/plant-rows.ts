import type { Catalog } from '../../catalog/model/catalog.ts';
import { displayName } from '../../catalog/model/object-name.ts';
import type { Session } from '../../database/session.ts';
import type { TenantId } from '../../database/tenant/tenant-scope.ts';
import type { Transaction } from '../../database/transaction.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { likelyValues, looksAt } from '../../migration/prove/likely-values.ts';
import { parentsFirst } from '../../migration/prove/parents-first.ts';
import { createRepository } from '../../repository/create-repository.ts';
import { definition, type AnyTable, type TableOf } from '../../schema/table/table.ts';
import type { Row } from './attempt.ts';
import { freshRow, type PlantedRows, type Side } from './fresh-row.ts';
import { nameTenants } from './name-tenants.ts';

/** Rows of two tenants that do not exist otherwise, one of each table and one more for the tenant that is tried on. */
export interface Planted extends PlantedRows {
  readonly tenants: Readonly<Record<Side, TenantId>>;
  /** A row of the other tenant by table that no row refers to, where the table takes one: a foreign key would keep others. */
  readonly childless: ReadonlyMap<string, Row>;
  /** Why a table has no rows. */
  readonly bare: ReadonlyMap<string, string>;
}

/** How often a row is made anew while the database does not take it. */
const attempts = 60;

/** Plants a row of each tenant in every table, parents first; tables that all share get one for each too. */
export async function plantRows(
  transaction: Transaction,
  given: readonly AnyTable[],
  catalog: Catalog,
): Promise<Planted> {
  const tables = new Map(given.map((table) => [displayName(table[definition]), table]));
  const rows = new Map<string, Readonly<Record<Side, Row>>>();
  const planted: PlantedRows = { catalog, tables, rows };
  const bare = new Map<string, string>();
  const ordered = parentsFirst(catalog).flatMap((table) => tables.get(displayName(table)) ?? []);
  const plant = async (table: AnyTable, bound: (side: Side, work: Plant) => Promise<Row>): Promise<void> => {
    const name = displayName(table[definition]);
    const one = async (side: Side): Promise<Row> =>
      await bound(side, async (session) => await insertSome(session, table, planted, side));
    try {
      rows.set(name, { own: await one('own'), other: await one('other') });
    } catch (error) {
      if (!(error instanceof RowhouseError)) throw error;
      bare.set(name, error.code);
    }
  };
  for (const table of ordered.filter((one) => !hasTenant(one))) {
    await plant(table, async (_side, work) => await work(transaction));
  }
  const owned = ordered.filter(hasTenant);
  const tenants = nameTenants(owned, planted);
  for (const table of owned) {
    await plant(table, async (side, work) => await transaction.forTenant(tenants[side], work));
  }
  const childless = await transaction.forTenant(tenants.other, async (theirs) => {
    return await plantChildless(theirs, owned, planted);
  });
  return { ...planted, tenants, childless, bare };
}

/** Comes after all other rows, which therefore refer to none of these. */
async function plantChildless(
  theirs: Session,
  owned: readonly AnyTable[],
  planted: PlantedRows,
): Promise<ReadonlyMap<string, Row>> {
  const childless = new Map<string, Row>();
  for (const table of owned) {
    const name = displayName(table[definition]);
    if (!planted.rows.has(name)) continue;
    try {
      childless.set(name, await insertSome(theirs, table, planted, 'other'));
    } catch (error) {
      if (!(error instanceof RowhouseError)) throw error; // a table may take one row and no second
    }
  }
  return childless;
}

type Plant = (session: Session) => Promise<Row>;

export function hasTenant(table: AnyTable): boolean {
  return table[definition].roles.tenant !== undefined;
}

/** A row that the database takes: other values for the columns of checks until they hold. */
async function insertSome(session: Session, table: AnyTable, planted: PlantedRows, side: Side): Promise<Row> {
  const chosen = new Map<string, unknown>();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const row = freshRow(table, planted, side, chosen);
      return await session.transaction(
        async (nested) => await createRepository(table as TableOf<Row, Row, Row>, nested).insert(row),
      );
    } catch (error) {
      if (!(error instanceof RowhouseError) || attempt === attempts) throw error;
      chooseAnew(chosen, table, planted.catalog, attempt);
    }
  }
}

function chooseAnew(chosen: Map<string, unknown>, table: AnyTable, catalog: Catalog, attempt: number): void {
  const { catalogTable } = table[definition];
  for (const check of catalogTable.checks) {
    for (const column of catalogTable.columns.filter((each) => looksAt(check, each))) {
      const values = likelyValues(check, column, attempt, catalog);
      chosen.set(column.name, values[(attempt * 7) % values.length]);
    }
  }
}
