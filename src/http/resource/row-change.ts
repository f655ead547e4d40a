import { isDeepStrictEqual } from 'node:util';
import { applyJsonPatch, readJsonPatch, type PatchOperation } from '../wire/json-patch.ts';
import { isJsonObject, mergePatch } from '../wire/merge-patch.ts';
import { readPatch } from '../wire/read-body.ts';
import { writeRow } from '../wire/write-row.ts';
import type { Resource } from './resource.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a body changes: values that are known already, or that depend on the row as it is. */
export type RowChange =
  | { readonly kind: 'values'; readonly values: Values }
  | { readonly kind: 'depends'; from(current: Values): Values };

/** The media types that a PATCH takes. */
export const patchTypes: ReadonlySet<string> = new Set([
  'application/json',
  'application/merge-patch+json',
  'application/json-patch+json',
]);

/** The values that a change gives to a row. */
export function valuesFor(change: RowChange, row: Values): Values {
  return change.kind === 'values' ? change.values : change.from(row);
}

/** Reads the body of a PATCH by its media type. */
export function readChange(body: unknown, mediaType: string, resource: Resource): RowChange {
  if (mediaType === 'application/json-patch+json') {
    const operations = readJsonPatch(body);
    return { kind: 'depends', from: (current) => patched(current, operations, resource) };
  }
  const values = readPatch(body, resource.fields);
  const merged = mediaType === 'application/merge-patch+json' ? documentsIn(values, resource) : [];
  if (merged.length === 0) return { kind: 'values', values };
  return {
    kind: 'depends',
    from: (current) => ({
      ...values,
      ...Object.fromEntries(merged.map((name) => [name, mergePatch(current[name] ?? null, values[name])])),
    }),
  };
}

/** The JSON columns whose documents the change merges into, rather than replaces. */
function documentsIn(values: Values, { fields }: Resource): readonly string[] {
  return fields.filter(({ key, type }) => type.kind === 'json' && isJsonObject(values[key])).map(({ key }) => key);
}

/** The properties that operations on the row, as it is shown, leave different. A removed one is null. */
function patched(current: Values, operations: readonly PatchOperation[], { fields }: Resource): Values {
  const before = JSON.parse(JSON.stringify(writeRow(current, fields))) as Values;
  const after = applyJsonPatch(before, operations);
  if (!isJsonObject(after)) return readPatch(after, fields);
  const changed = Object.entries(after).filter(([key, value]) => !isDeepStrictEqual(value, before[key]));
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return readPatch(Object.fromEntries([...changed, ...removed.map((key) => [key, null])]), fields);
}
