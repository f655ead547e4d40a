import { seedInvalid, type Position } from '../seed-error.ts';

export interface CsvCell {
  readonly text: string;
  /** An empty cell in quotes is an empty text; without quotes it is null. */
  readonly quoted: boolean;
  readonly position: Position;
}

/** The records of a CSV file as RFC 4180 has them; quoted cells may hold commas, quotes and line breaks. */
export function parseCsv(text: string, file: string): readonly (readonly CsvCell[])[] {
  const records: CsvCell[][] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  let record: CsvCell[] = [];
  while (at < text.length) {
    const position = { line, column: at - lineStart + 1 };
    const quoted = text[at] === '"';
    const cell = quoted ? quotedCell(text, at) : plainCell(text, at);
    if (cell === undefined) throw seedInvalid({ file, position }, 'this quoted cell does not end');
    const raw = text.slice(at, cell.end);
    record.push({ text: cell.text, quoted, position });
    at = cell.end;
    if (quoted) {
      line += raw.split('\n').length - 1;
      lineStart = raw.includes('\n') ? at - raw.length + raw.lastIndexOf('\n') + 1 : lineStart;
    } else if (cell.text.includes('"')) {
      throw seedInvalid({ file, position }, 'a cell with a quote in it belongs in quotes, with the quote doubled');
    }
    const next = separatorAt(text, at);
    if (next === undefined)
      throw seedInvalid(
        { file, position: { line, column: at - lineStart + 1 } },
        'a comma or the end of the line belongs here',
      );
    at += next.length;
    if (next === ',' && at === text.length)
      record.push({ text: '', quoted: false, position: { line, column: at - lineStart + 1 } });
    if (next === ',') continue;
    line += 1;
    lineStart = at;
    records.push(record);
    record = [];
  }
  if (record.length > 0) records.push(record);
  return records.filter((cells) => cells.length > 1 || cells[0]?.text !== '' || cells[0].quoted);
}

function quotedCell(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] !== '"') return { text: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
  }
  return undefined;
}

function plainCell(text: string, start: number): { readonly text: string; readonly end: number } {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && !text.startsWith('\r\n', end)) end += 1;
  return { text: text.slice(start, end), end };
}

/** What ends a cell; at the end of the file nothing does. */
function separatorAt(text: string, at: number): string | undefined {
  if (at >= text.length) return '';
  return [',', '\n', '\r\n'].find((separator) => text.startsWith(separator, at));
}
