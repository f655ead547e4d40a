import { readColumn, type Part } from './column.ts';
import { compileRowReader, type RowReader } from './row-reader.ts';

/** The columns of a statement's rows, as the server described them last. */
export interface KnownColumns {
  /** The description byte by byte, each part with its header. */
  readonly described: Buffer;
  readonly names: readonly string[];
  readonly read: RowReader;
}

/**
 * What the server describes now. It says the same before every result of a statement, until a table changes: then nothing
 * but its bytes are compared.
 */
export function columnsOf(parts: readonly Part[], known: KnownColumns | undefined): KnownColumns {
  if (known !== undefined && isSame(parts, known.described)) return known;
  const columns = parts.map(readColumn);
  return {
    described: Buffer.concat(parts.flatMap(withHeader)),
    names: columns.map(({ name }) => name),
    read: compileRowReader(columns),
  };
}

/** Parts that came in one piece lie as they were sent; those of a piece that was cut are not the same, and read again. */
function isSame(parts: readonly Part[], described: Buffer): boolean {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || first.buffer !== last.buffer) return false;
  return described.compare(first.buffer, first.start - 4, last.end) === 0;
}

/** The count of the columns is packet 1 of an answer, so their descriptions count from 2. */
function withHeader({ buffer, start, end }: Part, index: number): Buffer[] {
  const length = end - start;
  return [Buffer.from([length, length >> 8, length >> 16, index + 2]), buffer.subarray(start, end)];
}
