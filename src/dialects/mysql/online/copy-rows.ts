import type { Backfill, BackfillKeyColumn } from '../../../dialect/definition.ts';
import { mysqlText } from '../text.ts';
import { isCopyOf, type ColumnPair, type RowPairs } from './row-pairs.ts';

export interface CopiedRows {
  readonly table: string;
  readonly copy: string;
  readonly rows: RowPairs;
  /** How the server says that rows are read under a weak lock. */
  readonly sharedLock: string;
}

/** The copying of the rows that are not in the copy yet, in the order of their key. */
export function copyRows({ table, copy, rows, sharedLock }: CopiedRows): Backfill {
  const [from, to] = [mysqlText.name(table), mysqlText.name(copy)];
  const [first] = rows.key;
  const column = `${to}.${mysqlText.name(first?.to.name ?? '')}`;
  // A row that a trigger has put there meanwhile is the newer one. `ignore` would hide values that do not fit.
  const present = `on duplicate key update ${column} = ${column}`;
  return {
    table: { name: table },
    name: from,
    set: '',
    // The optimizer would turn `not exists` into a look at the whole copy, for each batch anew.
    where: `(select 1 from ${to} copied where ${isCopyOf(rows.key, 'copied.', `${from}.`)} limit 1) is null`,
    copy: {
      insert: `insert into ${to} (${listOf(rows.all.map((pair) => pair.to.name))}) select ${listOf(rows.all.map((pair) => pair.from.name))} from ${from}`,
      tail: { passes: `${sharedLock} skip locked ${present}`, waits: `${sharedLock} ${present}` },
    },
    key: { by: 'columns', columns: rows.key.map(keyColumn) },
    batchRows: 1_000,
    mostRows: 20_000,
  };
}

function listOf(names: readonly string[]): string {
  return names.map((name) => mysqlText.name(name)).join(', ');
}

/** Text is compared with a number as a floating-point number, which large keys do not survive. */
function keyColumn({ from: { name, type } }: ColumnPair): BackfillKeyColumn {
  if (/^(?:tiny|small|medium|big)?int/.test(type)) return { name, cast: /unsigned/.test(type) ? 'unsigned' : 'signed' };
  return type.startsWith('decimal') ? { name, cast: 'decimal(65, 30)' } : { name };
}
