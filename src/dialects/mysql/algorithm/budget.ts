import type { Effects } from '../../../dialect/effects.ts';
import type { Connection } from '../../../driver/connection.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import { readRows } from '../inspect/rows.ts';
import { mysqlText } from '../text.ts';
import type { Answer } from './rehearsal.ts';
import type { Rung } from './rung.ts';

/** What the server agreed to, or is held to. */
export interface Agreement extends Answer {
  readonly rung: Rung;
}

/** How large a table is. */
export interface TableSize {
  /** Counted as far as is asked for; beyond, by the server's own estimate, which may be a day old. */
  readonly rows: number;
  readonly bytes: number;
  /** Counted: it has more rows than may wait. */
  readonly isLarge: boolean;
}

/** Undefined: there is no such table. */
export async function tableSize(connection: Connection, table: string, limit: number): Promise<TableSize | undefined> {
  const [found] = await readRows(connection, estimate, [table]);
  if (found === undefined) return undefined;
  const most = Math.trunc(limit) + 1;
  const [counted] = await readRows(
    connection,
    `select count(*) from (select 1 from ${mysqlText.name(table)} limit ${most}) few`,
  );
  const isLarge = Number(counted?.[0]) >= most;
  const [rows = '0', bytes = '0'] = found;
  return { rows: isLarge ? Math.max(Number(rows), most) : Number(counted?.[0]), bytes: Number(bytes), isLarge };
}

/** Would it stop writers for as long as a large table takes? */
export function isOverBudget({ rung }: Agreement, size: TableSize | undefined, stopsAll: boolean): boolean {
  return rung.algorithm !== 'instant' && size?.isLarge === true && (rung.lock !== 'none' || stopsAll);
}

/** The error for a table that the server can only alter so, and that no copy can take the place of. */
export function overBudget(
  sql: string,
  { source, rung, reason }: Agreement,
  {
    size,
    stopsAll,
    noCopy,
  }: { readonly size: TableSize | undefined; readonly stopsAll: boolean; readonly noCopy: string },
): RowhouseError {
  const why = stopsAll ? 'the whole cluster waits until every node has done it' : 'writers wait meanwhile';
  const rows = size?.rows ?? 0;
  return new RowhouseError(
    'BUDGET_EXCEEDED',
    `${source ?? ''}: about ${rows} rows, and the server does it with ${rung.clause}, so ${why}; no copy can take its place: ${noCopy}`,
    {
      details: {
        table: source,
        statement: sql.split('\n', 1)[0],
        algorithm: rung.algorithm,
        lock: rung.lock,
        rows,
        noCopy,
        ...(reason === undefined ? {} : { reason }),
      },
      hint: 'nothing was changed; run it when nobody writes, with the change as SQL by hand in a revision of its own, which runs as it stands',
    },
  );
}

/** What the statement does to its table, as the server agreed. */
export function effectsOf({ source, rung }: Agreement, size: TableSize | undefined, stopsAll: boolean): Effects {
  if (source === undefined) return { locks: [], rewrites: [], scans: [] };
  const { rows = 0, bytes = 0 } = size ?? {};
  const isInstant = rung.algorithm === 'instant';
  const blocks =
    isInstant || (rung.lock === 'none' && !stopsAll) ? 'nobody' : rung.lock === 'exclusive' ? 'everybody' : 'writers';
  return {
    locks: [{ table: source, mode: rung.clause, blocks }],
    rewrites: rung.algorithm === 'copy' ? [{ table: source, bytes }] : [],
    scans: isInstant ? [] : [{ table: source, rows }],
  };
}

const estimate = `select table_rows, data_length + index_length
from information_schema.tables where table_schema = database() and table_name = ?`;
