import { seedInvalid } from '../seed-error.ts';
import { parseJson, type JsonMember, type JsonNode } from './parse-json.ts';
import type { RowsSource, SourceRow } from './seed-source.ts';

/** A JSON seed: `{ "table", "key", "rows" }`, or the bare list of rows, whose table is the file's name. */
export function readJson(text: string, file: string, name: string): RowsSource {
  const document = parseJson(text, file);
  if (document.kind === 'array') return { kind: 'rows', file, table: name, rows: readRows(document, file) };
  if (document.kind !== 'object') throw seedInvalid({ file, position: document.position }, shape);
  const { table, key, rows } = namedMembers(document.members, file);
  if (rows?.value.kind !== 'array')
    throw seedInvalid({ file, position: rows?.value.position ?? document.position }, '"rows" is not a list of rows');
  return {
    kind: 'rows',
    file,
    ...(table === undefined ? { table: name } : { table: textOf(table, file), tablePosition: table.value.position }),
    key: key === undefined ? undefined : keyOf(key.value, file),
    rows: readRows(rows.value, file),
  };
}

const shape = 'a seed is { "table": …, "key": […], "rows": […] } or a list of rows';

function namedMembers(
  members: readonly JsonMember[],
  file: string,
): { readonly table?: JsonMember; readonly key?: JsonMember; readonly rows?: JsonMember } {
  const stranger = members.find(({ name }) => !['table', 'key', 'rows'].includes(name));
  if (stranger !== undefined) throw seedInvalid({ file, position: stranger.position }, shape);
  return Object.fromEntries(members.map((member) => [member.name, member]));
}

function readRows({ items }: Extract<JsonNode, { kind: 'array' }>, file: string): readonly SourceRow[] {
  return items.map((item) => {
    if (item.kind !== 'object')
      throw seedInvalid({ file, position: item.position }, 'a row is an object with a member for each column');
    const cells = item.members.map(({ name, position, value }) => ({
      name,
      position,
      value: { kind: 'json' as const, node: value },
    }));
    return { position: item.position, cells };
  });
}

function textOf({ name, value }: JsonMember, file: string): string {
  if (value.kind === 'string') return value.value;
  throw seedInvalid({ file, position: value.position }, `${JSON.stringify(name)} is not a text`);
}

function keyOf(value: JsonNode, file: string): readonly string[] {
  const items = value.kind === 'array' ? value.items : [value];
  return items.map((item) => {
    if (item.kind === 'string') return item.value;
    throw seedInvalid({ file, position: item.position }, '"key" is not a list of columns');
  });
}
