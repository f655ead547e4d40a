import type { Change } from '../../catalog/change/change.ts';
import { displayName, nameKey, type ObjectName } from '../../catalog/model/object-name.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import type { Parked } from '../../dialect/parking.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { id, sql } from '../../sql/sql.ts';
import { parkedKey } from '../parking/parked-objects.ts';
import type { RevisionPlan } from '../plan/revision-plan.ts';
import type { MigrationContext } from './migration-context.ts';
import { previewDowngrade } from './preview.ts';

/** What rows or values are in before anything runs. */
interface Place {
  /** `person`, or `person.email`: for people. */
  readonly name: string;
  readonly table: ObjectName;
  /** Absent: the rows of the table. */
  readonly column?: string | undefined;
}

/** Throws `PLAN_REFUSED` where going down to `target` would drop rows. Only reads. */
export async function refuseRowLosses(context: MigrationContext, target?: string): Promise<void> {
  const { plans } = await previewDowngrade(context, target);
  const lost = await context.database.pinned(async (session) => {
    const { rowFence } = session.dialect;
    if (rowFence !== undefined) await session.run(rowFence.lift, []);
    return await findRowLosses(session, plans);
  });
  if (lost.length === 0) return;
  throw new RowhouseError('PLAN_REFUSED', `rows would be dropped for good: those of ${lost.join(', ')}`, {
    details: { lost },
    hint: 'nothing was changed; back up what is needed, then say --drop to take the revisions back with these rows',
  });
}

/**
 * The tables and columns that the plans drop with rows in them, by the names that they have now. What is parked is no
 * loss, and neither is a copy kept in step with what stays. SQL by hand is not read. Only reads, and counts nothing.
 */
export async function findRowLosses(
  session: PinnedSession,
  plans: readonly Pick<RevisionPlan, 'changes'>[],
): Promise<readonly string[]> {
  const dropped = new DropsFollowed(session).of(plans.flatMap(({ changes }) => changes));
  const lost: string[] = [];
  for (const place of dropped) if (await hasRows(session, place)) lost.push(place.name);
  return lost;
}

/** Follows names through a list of changes, back to where the rows are before the first of them. */
class DropsFollowed {
  /** Undefined: made on the way, so nothing is lost with it. Absent: the name is that of now. */
  private readonly tables = new Map<string, Place | undefined>();
  private readonly columns = new Map<string, Place | undefined>();
  private readonly copies = new Set<string>();

  private readonly session: PinnedSession;

  constructor(session: PinnedSession) {
    this.session = session;
  }

  of(changes: readonly Change[]): readonly Place[] {
    const dropped = changes.flatMap((change) => {
      const place = this.droppedBy(change);
      this.follow(change);
      return place ?? [];
    });
    const tables = new Set(dropped.filter(({ column }) => column === undefined).map(({ table }) => nameKey(table)));
    return dropped.filter(({ table, column }) => column === undefined || !tables.has(nameKey(table)));
  }

  private droppedBy(change: Change): Place | undefined {
    if (change.kind === 'drop-table') return this.tableAt(change.table);
    if (change.kind !== 'drop-column' || this.copies.has(columnKey(change.table, change.column))) return undefined;
    return this.columnAt(change.table, change.column);
  }

  private follow(change: Change): void {
    const { kind } = change;
    if (kind === 'create-table') this.tables.set(nameKey(change.table), undefined);
    else if (kind === 'add-column') this.columns.set(columnKey(change.table, change.column.name), undefined);
    else if (kind === 'rename-table') this.moveTable(change.table, { ...change.table, name: change.to });
    else if (kind === 'move-object' && change.of === 'table') this.moveTable(change.object, change.to);
    else if (kind === 'rename-column')
      this.columns.set(columnKey(change.table, change.to), this.columnAt(change.table, change.column));
    else if (kind === 'restore-table') this.tables.set(nameKey(change.table), this.parkedAt(change));
    else if (kind === 'restore-column') {
      const { table, column, mark } = change;
      this.columns.set(columnKey(table, column.name), this.parkedAt({ table, column: column.name, mark }));
    } else if (kind === 'stop-in-step' && !this.columns.has(columnKey(change.table, change.from))) {
      // What comes out of its parking place may be older than its copy.
      this.copies.add(columnKey(change.table, change.to));
    }
  }

  private tableAt(table: ObjectName): Place | undefined {
    const key = nameKey(table);
    return this.tables.has(key) ? this.tables.get(key) : { name: displayName(table), table };
  }

  private columnAt(table: ObjectName, column: string): Place | undefined {
    const key = columnKey(table, column);
    if (this.columns.has(key)) return this.columns.get(key);
    const at = this.tableAt(table);
    return at && { name: `${at.name}.${column}`, table: at.table, column };
  }

  private parkedAt({
    mark,
    ...object
  }: Omit<Parked, 'mark'> & { readonly mark?: string | undefined }): Place | undefined {
    const parked = mark === undefined ? object : { ...object, mark };
    const { kind, namespace, name } = this.session.dialect.parking?.placeOf(parked) ?? {};
    if (name === undefined) return undefined;
    if (kind === 'table')
      return { name: parkedKey(parked), table: namespace === undefined ? { name } : { namespace, name } };
    const at = this.tableAt(parked.table);
    return at && { name: parkedKey(parked), table: at.table, column: name };
  }

  private moveTable(table: ObjectName, to: ObjectName): void {
    this.tables.set(nameKey(to), this.tableAt(table));
    const prefix = columnKey(table, '');
    for (const [key, place] of this.columns)
      if (key.startsWith(prefix)) this.columns.set(columnKey(to, key.slice(prefix.length)), place);
  }
}

function columnKey(table: ObjectName, column: string): string {
  return `${nameKey(table)}\n${column}`;
}

/** What is not there, such as what was purged, has no rows. */
async function hasRows(session: PinnedSession, { table, column }: Place): Promise<boolean> {
  const path = table.namespace === undefined ? [table.name] : [table.namespace, table.name];
  // With its table in front, the name of a column that is not there is no constant to any engine.
  const filled = column === undefined ? sql`` : sql` where ${id(...path, column)} is not null`;
  try {
    return (await session.query(sql`select 1 as found from ${id(...path)}${filled} limit 1`)).length > 0;
  } catch (error) {
    if (RowhouseError.has(error, 'OBJECT_MISSING')) return false;
    throw error;
  }
}
