import { hash } from 'node:crypto';
import { canonicalJson } from '../../../catalog/snapshot/canonical-json.ts';
import type { Session } from '../../../database/session.ts';
import { readAll, type ReadOptions } from '../load/read-rows.ts';
import { decodeRow } from '../load/row-converter.ts';
import type { TableCopy } from '../plan/copy-plan.ts';

/** Number and content of a table's rows, whatever their order. */
export interface TableDigest {
  readonly rows: number;
  /** 64 hex digits: the SHA-256 of the rows, added up in eight lanes of 32 bits. */
  readonly hash: string;
}

/** Reads one side of a table and digests what its values are at run time, so that both sides give the same. */
export async function digestTable(
  session: Session,
  copy: TableCopy,
  side: 'from' | 'to',
  options: ReadOptions & { readonly onRows?: (rows: number) => void },
): Promise<TableDigest> {
  const { columns } = copy[side];
  // A decimal that became text or got digits behind its point is still the same number.
  const areDecimals = columns.map((_, place) =>
    [copy.from, copy.to].some((one) => one.columns[place]?.type.kind === 'decimal'),
  );
  const lanes = new Uint32Array(8);
  let rows = 0;
  for await (const batch of readAll(session, copy[side], options)) {
    for (const row of batch) addRow(lanes, rowText(decodeRow(row, columns, copy.name), areDecimals));
    rows += batch.length;
    options.onRows?.(rows);
  }
  return { rows, hash: [...lanes].map((lane) => lane.toString(16).padStart(8, '0')).join('') };
}

function addRow(lanes: Uint32Array, text: string): void {
  const digest = hash('sha256', text, 'buffer');
  for (let lane = 0; lane < lanes.length; lane += 1) {
    lanes[lane] = ((lanes[lane] ?? 0) + digest.readUInt32LE(lane * 4)) >>> 0;
  }
}

function rowText(values: readonly unknown[], areDecimals: readonly boolean[]): string {
  return values.map((value, place) => valueText(value, areDecimals[place] === true)).join(',');
}

/** Text with its length in front, so that no two rows give the same text. */
function valueText(value: unknown, isDecimal: boolean): string {
  if (value === null) return 'n';
  const [tag, text] = taggedText(value, isDecimal);
  return `${tag}${text.length}:${text}`;
}

function taggedText(value: unknown, isDecimal: boolean): readonly [string, string] {
  if (typeof value === 'string') return ['s', isDecimal ? shortDecimal(value) : value];
  if (typeof value === 'number' || typeof value === 'bigint') return ['#', String(value)];
  if (typeof value === 'boolean') return ['?', String(value)];
  if (value instanceof Date) return ['d', value.toISOString()];
  if (value instanceof Uint8Array) return ['b', Buffer.from(value).toString('base64')];
  return ['j', canonicalJson(value)];
}

function shortDecimal(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
