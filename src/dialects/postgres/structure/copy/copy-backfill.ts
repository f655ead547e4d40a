import type { Backfill } from '../../../../dialect/definition.ts';
import { givesWayAfterMs } from '../../online/copy-rows.ts';
import { insertText, isRow, prefixed, type CopyText } from '../../online/copy-text.ts';
import { nameList, qualified } from '../../text.ts';

/** The copying of the rows that are not in the copy yet, as a run keeps count of it. */
export function copyBackfill(text: CopyText): Backfill {
  const { table, copy, columns, key } = text;
  const name = qualified(table);
  const present = `on conflict (${nameList(key)}) do nothing`;
  return {
    table,
    name,
    set: '',
    where: `not exists (select from only ${qualified(copy)} copied where ${isRow(key, 'copied.', `${name}.`)})`,
    copy: {
      before: `set local lock_timeout = '${givesWayAfterMs}ms'`,
      insert: `${insertText(text)} select ${prefixed(columns, `${name}.`)} from only ${name}`,
      tail: { passes: `for share skip locked ${present}`, waits: `for share ${present}` },
    },
    key: { by: 'columns', columns: key.map((column) => ({ name: column })) },
    batchRows: 1_000,
    mostRows: 20_000,
  };
}
