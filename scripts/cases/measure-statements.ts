import type { Segment } from '../../src/migration/script/segments.ts';
import type { Line } from './line.ts';

/** A statement that kept writers of a table with rows in it waiting while it read or rewrote them. */
export interface Stop {
  readonly statement: string;
  readonly table: string;
  readonly mode: string;
  readonly rowsRead: number;
  readonly rewritten: boolean;
  /** Its note says so. */
  readonly isTold: boolean;
}

/** Runs each statement of a plan by itself and watches its locks, what it reads and what it rewrites. */
export async function measureStatements(line: Line, segments: readonly Segment[]): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (const { statements } of segments) {
    const transactional = statements.every((statement) => statement.transactional);
    const populated = transactional ? await populatedTables(line) : [];
    if (transactional) await line.query('begin');
    for (const { sql, note } of statements) {
      const before = await tableState(line);
      await line.query(sql);
      if (transactional)
        stops.push(
          ...stopsOf(sql, populated, before, await tableState(line)).map((stop) => ({
            ...stop,
            isTold: note !== undefined,
          })),
        );
    }
    if (transactional) await line.query('commit');
  }
  return stops;
}

interface TableState {
  readonly name: string;
  readonly file: number;
  readonly read: number;
  readonly mode: string | null;
}

function stopsOf(
  statement: string,
  populated: readonly string[],
  before: ReadonlyMap<string, TableState>,
  after: ReadonlyMap<string, TableState>,
): readonly Omit<Stop, 'isTold'>[] {
  return populated.flatMap((oid) => {
    const [old, now] = [before.get(oid), after.get(oid)];
    if (old === undefined || now === undefined || now.mode === null) return [];
    const rowsRead = now.read - old.read;
    const rewritten = now.file !== old.file;
    return rowsRead > 0 || rewritten ? [{ statement, table: now.name, mode: now.mode, rowsRead, rewritten }] : [];
  });
}

async function populatedTables(line: Line): Promise<readonly string[]> {
  const tables = await line.query(`
    select c.oid::text as oid, c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`);
  const found: string[] = [];
  for (const { oid, name } of tables) {
    const [row] = await line.query(`select exists (select from only ${String(name)}) as full`);
    if (row?.['full'] === true) found.push(String(oid));
  }
  return found;
}

/** The strongest lock of ours that stops writers, and the counters of this transaction. */
async function tableState(line: Line): Promise<ReadonlyMap<string, TableState>> {
  const rows = await line.query(`
    select c.oid::text as oid, c.oid::regclass::text as name, c.relfilenode::int8::float8 as file,
           coalesce(s.seq_tup_read + s.idx_tup_fetch, s.seq_tup_read, 0)::float8 as read,
           (select l.mode from pg_locks l where l.pid = pg_backend_pid() and l.relation = c.oid and l.granted
               and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
             order by l.mode = 'AccessExclusiveLock' desc limit 1) as mode
      from pg_class c left join pg_stat_xact_all_tables s on s.relid = c.oid
     where c.relkind = 'r' and c.oid >= 16384`);
  return new Map(
    rows.map(({ oid, name, file, read, mode }) => [
      String(oid),
      { name: String(name), file: Number(file), read: Number(read), mode: mode === null ? null : String(mode) },
    ]),
  );
}
