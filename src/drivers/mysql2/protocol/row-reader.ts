import { cellReader, type CellReader } from './cell.ts';
import type { Column } from './column.ts';
import { codedNumber, codedNumberBytes } from './lengths.ts';

/** The cells of the row whose packet's payload begins at `at`. */
export type RowReader = (buffer: Buffer, at: number) => unknown[];

/**
 * A function that reads rows of these columns. It is generated as code, so that each column's cells are read in a place of
 * their own; where the process forbids generating code, a plain loop does the same.
 */
export function compileRowReader(columns: readonly Column[]): RowReader {
  const cells = columns.map(cellReader);
  try {
    return generateReader(cells);
  } catch (error) {
    if (error instanceof EvalError) return loopReader(cells);
    throw error;
  }
}

/** A row begins with a zero and a bit for each cell that is null; the first two bits mean nothing. */
function bitmapBytes(cells: readonly CellReader[]): number {
  return (cells.length + 9) >> 3;
}

function nullBit(position: number): number {
  return 1 << ((position + 2) & 7);
}

function nullByte(position: number): number {
  return 1 + ((position + 2) >> 3);
}

function generateReader(cells: readonly CellReader[]): RowReader {
  const statements = cells.map(({ bytes }, position) => {
    const [cell, read] = [`c${position}`, `r${position}`];
    const isThere = `(buffer[at + ${nullByte(position)}] & ${nullBit(position)}) === 0`;
    if (bytes !== undefined)
      return `let ${cell} = null; if (${isThere}) { ${cell} = ${read}(buffer, o, o + ${bytes}); o += ${bytes}; }`;
    return `let ${cell} = null; if (${isThere}) {
      let length = buffer[o];
      if (length < 251) o += 1; else { length = codedNumber(buffer, o); o += codedNumberBytes(buffer, o); }
      ${cell} = ${read}(buffer, o, o + length); o += length;
    }`;
  });
  const row = cells.map((_, position) => `c${position}`).join(', ');
  const body = `return function readRow(buffer, at) {
    let o = at + ${1 + bitmapBytes(cells)};
    ${statements.join('\n')}
    return [${row}];
  };`;
  const names = ['codedNumber', 'codedNumberBytes', ...cells.map((_, position) => `r${position}`)];
  // oxlint-disable-next-line typescript/no-implied-eval -- numbers and names of ours only
  const make: (...given: readonly unknown[]) => RowReader = Object.assign(new Function(...names, body));
  return make(codedNumber, codedNumberBytes, ...cells.map(({ read }) => read));
}

function loopReader(cells: readonly CellReader[]): RowReader {
  return (buffer, at) => {
    let offset = at + 1 + bitmapBytes(cells);
    return cells.map(({ bytes, read }, position) => {
      if ((buffer.readUInt8(at + nullByte(position)) & nullBit(position)) !== 0) return null;
      const start = bytes === undefined ? offset + codedNumberBytes(buffer, offset) : offset;
      offset = start + (bytes ?? codedNumber(buffer, offset));
      return read(buffer, start, offset);
    });
  };
}
