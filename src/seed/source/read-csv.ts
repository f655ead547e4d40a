import { seedInvalid } from '../seed-error.ts';
import { parseCsv, type CsvCell } from './parse-csv.ts';
import type { RowsSource, SourceCell, SourceValue } from './seed-source.ts';

/**
 * A CSV seed: a header with the columns, then a row a line; the table is the file's name. The header
 * `authorId:auth_user.email` means: the column holds the email of the `auth_user` that the row refers to.
 */
export function readCsv(text: string, file: string, name: string): RowsSource {
  const [header, ...records] = parseCsv(text, file);
  if (header === undefined) throw seedInvalid({ file }, 'the file is empty: a CSV seed begins with a line of columns');
  const columns = header.map((cell) => readHeader(cell, file));
  const rows = records.map((cells) => {
    const surplus = cells[columns.length];
    if (surplus !== undefined || cells.length < columns.length) {
      const position = surplus?.position ?? cells[0]?.position;
      throw seedInvalid({ file, position }, `this line has ${cells.length} cells and the header has ${columns.length}`);
    }
    return { position: cells[0]?.position, cells: columns.flatMap((column, place) => cellOf(column, cells[place])) };
  });
  return { kind: 'rows', file, table: name, rows };
}

interface CsvColumn {
  readonly name: string;
  readonly refersTo?: { readonly table: string; readonly column: string } | undefined;
}

function readHeader({ text, position }: CsvCell, file: string): CsvColumn {
  const [name = '', target] = text.trim().split(':');
  if (name === '') throw seedInvalid({ file, position }, 'a column without a name');
  if (target === undefined) return { name };
  const dot = target.lastIndexOf('.');
  if (dot > 0) return { name, refersTo: { table: target.slice(0, dot), column: target.slice(dot + 1) } };
  throw seedInvalid({ file, position }, `${name} does not say what it refers to`, {
    hint: 'write COLUMN:TABLE.COLUMN, as in authorId:auth_user.email',
  });
}

function cellOf({ name, refersTo }: CsvColumn, cell: CsvCell | undefined): readonly SourceCell[] {
  if (cell === undefined) return [];
  const { text, quoted, position } = cell;
  const plain: SourceValue = text === '' && !quoted ? { kind: 'null' } : { kind: 'text', text };
  if (refersTo === undefined || plain.kind === 'null') return [{ name, position, value: plain }];
  const match = [{ name: refersTo.column, position, value: plain }];
  return [{ name, position, value: { kind: 'reference', table: refersTo.table, match } }];
}
