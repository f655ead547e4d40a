import type { PinnedSession } from '../../../database/pinned-session.ts';
import type { Session } from '../../../database/session.ts';
import type { Statement } from '../../../driver/connection.ts';
import type { TableCopy } from '../plan/copy-plan.ts';
import { keyText, keyValues } from '../progress/key-text.ts';
import { advance, type TableProgress } from '../progress/progress-store.ts';
import { readInOrder } from './read-rows.ts';
import { decodeRow, encodeRow } from './row-converter.ts';

export interface LoadOptions {
  readonly batchRows: number;
  readonly signal: AbortSignal | undefined;
  readonly onRows: (rows: number) => void;
}

/** Copies the rows that are still missing: each batch with its progress, and a table without a key in one transaction. */
export async function loadTable(
  from: Session,
  to: PinnedSession,
  copy: TableCopy,
  begun: TableProgress,
  options: LoadOptions,
): Promise<void> {
  if (begun.state === 'loaded') return;
  const write = rowWriter(copy, to);
  if (copy.key.length > 0) return await loadInBatches(from, to, copy, begun, options, write);
  await to.transaction(
    async (transaction) => {
      await advance(transaction, begun, { ...begun, state: 'loaded' });
      let rows = 0;
      for await (const batch of readInOrder(from, copy, undefined, options)) {
        await write(
          transaction,
          batch.map((row) => encodeRow(decodeRow(row, copy.from.columns, copy.name), copy)),
        );
        rows += batch.length;
        options.onRows(rows);
      }
    },
    { signal: options.signal },
  );
}

async function loadInBatches(
  from: Session,
  to: PinnedSession,
  copy: TableCopy,
  begun: TableProgress,
  options: LoadOptions,
  write: WriteRows,
): Promise<void> {
  let progress = begun;
  const after = begun.lastKey === null ? undefined : keyValues(begun.lastKey);
  for await (const batch of readInOrder(from, copy, after, options)) {
    const rows = batch.map((row) => decodeRow(row, copy.from.columns, copy.name));
    const last = rows.at(-1) ?? [];
    const lastKey = keyText(copy.key.map((place) => last[place]));
    const reached: TableProgress = { ...progress, rowsDone: progress.rowsDone + BigInt(rows.length), lastKey };
    const before = progress;
    const encoded = rows.map((row) => encodeRow(row, copy));
    await to.transaction(
      async (transaction) => {
        await advance(transaction, before, reached);
        await write(transaction, encoded);
      },
      { signal: options.signal },
    );
    progress = reached;
    options.onRows(Number(reached.rowsDone));
  }
  await advance(to, progress, { ...progress, state: 'loaded' });
}

type WriteRows = (session: Session, rows: readonly (readonly unknown[])[]) => Promise<void>;

/** Writes encoded rows with as few statements as the engine allows. */
function rowWriter({ to, table }: TableCopy, { dialect }: Session): WriteRows {
  const { queries, traits } = dialect;
  const size = Math.max(1, Math.min(queries.bulkRows, Math.floor(traits.parameterLimit / to.columns.length)));
  const hasFixedNumbers = table.columns.some(({ identity }) => identity?.generation === 'always');
  let kept: Statement | undefined;
  return async (session, rows) => {
    for (let start = 0; start < rows.length; start += size) {
      const part = rows.slice(start, start + size);
      const numbers = hasFixedNumbers ? ({ withNumbers: true } as const) : {};
      const { sql, values } = queries.bulkInsert({
        table: to.table,
        columns: to.columns,
        rows: part,
        ...numbers,
      });
      if (kept?.sql !== sql) kept = { sql };
      await session.run(kept, values);
    }
  };
}
