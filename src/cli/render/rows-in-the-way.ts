import type { RowhouseError } from '../../errors/rowhouse-error.ts';

/** As many as a person looks up by hand; `--json` has up to ten. */
const mostKeys = 5;

/** A count that says no more than "so many or more". */
const uncounted = 1000;

/** The keys of the first rows that a change is refused for, in a line; undefined where the error names none. */
export function rowsInTheWay({ code, details }: RowhouseError): string | undefined {
  if (code !== 'ROWS_IN_THE_WAY' || !Array.isArray(details['keys'])) return undefined;
  const keys = details['keys'] as readonly Readonly<Record<string, unknown>>[];
  const shown = keys.slice(0, mostKeys);
  const [first] = shown;
  if (first === undefined) return undefined;
  const rows = Number(details['rows']);
  const left = rows - shown.length;
  const more = rows >= uncounted ? ' and more' : left > 0 ? ` and ${left} more` : '';
  return `${together(Object.keys(first))}: ${shown.map((key) => together(Object.values(key).map(keyText))).join(', ')}${more}`;
}

function together(parts: readonly string[]): string {
  return parts.length === 1 ? parts.join('') : `(${parts.join(', ')})`;
}

/** Text in quotes wherever a comma, a blank or an escape in it could be taken for something else. */
function keyText(value: unknown): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  const text = String(value);
  return /^[\w.@:+-]+$/.test(text) ? text : JSON.stringify(text);
}
