import type { Session } from '../../database/session.ts';
import type { Backfill } from '../../dialect/definition.ts';
import { keyRange, type Condition } from './key-range.ts';
import type { RowKey } from './row-key.ts';

/** The rows of one batch. */
export interface BatchRange {
  /** True of them; they answer to the backfill's own condition beside it. */
  readonly condition: Condition;
  /** Where the next batch goes on. */
  readonly lastKey: RowKey;
}

/** About as many rows as fit into a block of the usual size. */
const rowsOfBlock = 50;

/** The next rows behind `after`, about as many as said; undefined when there are none. */
export async function nextRange(
  session: Session,
  backfill: Backfill,
  after: RowKey | undefined,
  rows: number,
): Promise<BatchRange | undefined> {
  const { key, name, where } = backfill;
  const { text } = session.dialect;
  switch (key.by) {
    case 'blocks': {
      const [[count] = []] = (await session.run({ sql: key.count }, [])).rows;
      const from = Number(after?.[0] ?? 0);
      const end = from + Math.max(1, Math.round(rows / rowsOfBlock));
      if (from >= Number(count)) return undefined;
      return { condition: { sql: key.range, values: [String(from), String(end)] }, lastKey: [end] };
    }
    case 'columns': {
      const behind = keyRange(key.columns, text, { after });
      const names = key.columns.map((column) => text.name(column.name));
      const candidates = `select ${names.join(', ')} from ${name} where ${behind.sql} and (${where}) order by ${names.join(', ')} limit ${rows}`;
      const sql = `select * from (${candidates}) candidates order by ${names.map((column) => `${column} desc`).join(', ')} limit 1`;
      const [end] = (await session.run({ sql, bigintRows: true }, behind.values)).rows;
      return end === undefined ? undefined : { condition: keyRange(key.columns, text, { after, end }), lastKey: end };
    }
  }
}

/** The statement that fills in the rows of the range, or copies them; the first round keeps nobody waiting for a copy. */
export function updateOf({ name, set, where, copy }: Backfill, { condition }: BatchRange, round: number): string {
  if (copy !== undefined)
    return `${copy.insert} where ${condition.sql} and (${where}) ${copy.tail[round === 1 ? 'passes' : 'waits']}`;
  return `update ${name} set ${set} where ${condition.sql} and (${where})`;
}

/** The statement that counts the rows of the range that still wait; without a range, of the whole table. */
export function waitingOf({ name, where }: Pick<Backfill, 'name' | 'where'>, range?: BatchRange): string {
  return `select count(*) from ${name} where ${range === undefined ? '' : `${range.condition.sql} and `}(${where})`;
}
