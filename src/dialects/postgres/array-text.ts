/**
 * The text of an array of encoded values: `{1,"a b",NULL}`. JSON writes the same but for the brackets and some escapes,
 * and its built-in writer took a quarter of the time of a loop over a thousand rows.
 */
export function arrayText(encoded: readonly unknown[]): string {
  const json = JSON.stringify(encoded.some((value) => Buffer.isBuffer(value)) ? encoded.map(bytesAsText) : encoded);
  return foreignEscape.test(json) ? `{${encoded.map(itemText).join(',')}}` : `{${json.slice(1, -1)}}`;
}

/** `\n`, `\u0001`: here a backslash only says that the next character means itself. */
const foreignEscape = /\\[^"\\]/;

function bytesAsText(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}

/** An array's items as the server printed them; an array inside is an array of items. */
export type ArrayItem = string | null | readonly ArrayItem[];

export function parseArrayText(text: string): readonly ArrayItem[] {
  // `[2:3]={…}`: an array that does not start at 1
  const start = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  return readArray({ text, at: start + 1 });
}

function itemText(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = bytesAsText(value) as string;
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readArray(reader: Reader): readonly ArrayItem[] {
  const items: ArrayItem[] = [];
  while (reader.text[reader.at] !== '}') {
    items.push(readItem(reader));
    if (reader.text[reader.at] === ',') reader.at++;
  }
  reader.at++;
  return items;
}

function readItem(reader: Reader): ArrayItem {
  const first = reader.text[reader.at];
  if (first === '{') {
    reader.at++;
    return readArray(reader);
  }
  return first === '"' ? readQuoted(reader) : readBare(reader);
}

function readBare(reader: Reader): string | null {
  const start = reader.at;
  while (reader.at < reader.text.length && reader.text[reader.at] !== ',' && reader.text[reader.at] !== '}')
    reader.at++;
  const item = reader.text.slice(start, reader.at);
  return item === 'NULL' ? null : item;
}

function readQuoted(reader: Reader): string {
  const pieces: string[] = [];
  let start = ++reader.at;
  while (reader.text[reader.at] !== '"') {
    if (reader.text[reader.at] === '\\') {
      pieces.push(reader.text.slice(start, reader.at));
      start = ++reader.at;
    }
    reader.at++;
  }
  pieces.push(reader.text.slice(start, reader.at++));
  return pieces.join('');
}
