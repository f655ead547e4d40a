import type { WireField } from './wire-field.ts';

/** A row as JSON: its shown fields in wire form. */
export function writeRow(
  row: Readonly<Record<string, unknown>>,
  fields: readonly WireField[],
): Readonly<Record<string, unknown>> {
  const json: Record<string, unknown> = {};
  for (const { key, wire, shown } of fields) {
    if (!shown) continue;
    const value = row[key];
    json[key] = value === null ? null : wire.toWire(value);
  }
  return json;
}
