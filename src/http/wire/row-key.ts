import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { WireField } from './wire-field.ts';

type KeyValues = Readonly<Record<string, unknown>>;

/** The key in a path's parameters. What cannot be a key finds no row: it is `ROW_NOT_FOUND`, as any other unknown key. */
export function readKey(parameters: Readonly<Record<string, string>>, fields: readonly WireField[]): KeyValues {
  const values = fields.map(({ key, wire }): [string, unknown] => [key, read(parameters[key] ?? '', wire.fromText)]);
  return Object.fromEntries(values);
}

/** The path of a row under its resource: `/42`, `/a%2Fb/7`. */
export function keyPath(row: Readonly<Record<string, unknown>>, fields: readonly WireField[]): string {
  return fields.map(({ key, wire }) => `/${encodeURIComponent(String(wire.toWire(row[key])))}`).join('');
}

/** The key of a row. */
export function keyValues(row: Readonly<Record<string, unknown>>, fields: readonly WireField[]): KeyValues {
  return Object.fromEntries(fields.map(({ key }) => [key, row[key]]));
}

function read(text: string, fromText: WireField['wire']['fromText']): unknown {
  try {
    return fromText?.(text);
  } catch (error) {
    if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
    throw new RowhouseError('ROW_NOT_FOUND', 'there is no such row', { cause: error });
  }
}
