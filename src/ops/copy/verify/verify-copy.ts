import type { Session } from '../../../database/session.ts';
import { RowhouseError } from '../../../errors/rowhouse-error.ts';
import type { CopyProgress } from '../copy-report.ts';
import type { CopyPlan, TableCopy } from '../plan/copy-plan.ts';
import { digestTable, type TableDigest } from './table-digest.ts';

export interface VerifyOptions {
  readonly batchRows: number;
  readonly signal: AbortSignal | undefined;
  readonly totals: ReadonlyMap<string, number>;
  readonly onProgress: (progress: CopyProgress) => void;
}

/** The digest of each table, once both sides have given the same. `COPY_MISMATCH` names the tables that differ. */
export async function verifyCopy(
  from: Session,
  to: Session,
  { tables }: CopyPlan,
  options: VerifyOptions,
): Promise<ReadonlyMap<string, TableDigest>> {
  const digests = new Map<string, TableDigest>();
  const different: { name: string; rows: { source: number; target: number } }[] = [];
  for (const copy of tables) {
    const [source, target] = await digestBoth(from, to, copy, options);
    digests.set(copy.name, target);
    if (source.rows !== target.rows || source.hash !== target.hash)
      different.push({ name: copy.name, rows: { source: source.rows, target: target.rows } });
  }
  if (different.length === 0) return digests;
  throw new RowhouseError(
    'COPY_MISMATCH',
    `after the copy these tables differ: ${different.map(({ name }) => name).join(', ')}`,
    {
      details: { tables: different },
      hint: 'was the source written to meanwhile? Drop these tables on the target and run the copy again',
    },
  );
}

/** Are number and content of the rows the same on both sides? */
export async function isSameContent(
  from: Session,
  to: Session,
  copy: TableCopy,
  options: Pick<VerifyOptions, 'batchRows' | 'signal'>,
): Promise<boolean> {
  const source = await digestTable(from, copy, 'from', options);
  const target = await digestTable(to, copy, 'to', options);
  return source.rows === target.rows && source.hash === target.hash;
}

async function digestBoth(
  from: Session,
  to: Session,
  copy: TableCopy,
  { batchRows, signal, totals, onProgress }: VerifyOptions,
): Promise<readonly [TableDigest, TableDigest]> {
  const total = totals.get(copy.name) ?? 0;
  const onRows = (rows: number): void => onProgress({ phase: 'verify', table: copy.name, rows, total });
  const source = await digestTable(from, copy, 'from', { batchRows, signal, idempotent: true });
  return [source, await digestTable(to, copy, 'to', { batchRows, signal, onRows })];
}
