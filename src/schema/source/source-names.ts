import type { Catalog } from '../../catalog/model/catalog.ts';
import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { camelCase } from '../../util/names.ts';

/** What things of a catalog are called in TypeScript. */
export interface SourceNames {
  table(name: ObjectName): string;
  enum(name: ObjectName): string;
  column(table: ObjectName, column: string): string;
  /** A new name for something else that the file exports. */
  other(name: string): string;
}

/** Names for everything in the catalog, each once; `reserved` are names that the file needs for itself. */
export function sourceNames(catalog: Catalog, reserved: readonly string[]): SourceNames {
  const taken = new Set([...reserved, ...keywords]);
  const tables = new Map(catalog.tables.map((table) => [displayName(table), claim(table, 'Table', taken)]));
  const enums = new Map(catalog.enums.map((type) => [displayName(type), claim(type, 'Enum', taken)]));
  const columns = new Map(catalog.tables.map((table) => [displayName(table), propertyNames(table)]));
  return {
    table: (name) => get(tables, displayName(name), 'table'),
    enum: (name) => get(enums, displayName(name), 'enum'),
    column: (table, column) => get(get(columns, displayName(table), 'table'), column, 'column'),
    other: (name) => claim({ name }, 'Object', taken),
  };
}

/** The property of each column: camelCase, numbered where two would be the same. */
export function propertyNames({
  columns,
}: {
  readonly columns: readonly { readonly name: string }[];
}): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(columns.map(({ name }) => [name, claim({ name }, '', taken)]));
}

function claim({ namespace, name }: ObjectName, suffix: string, taken: Set<string>): string {
  const plain = identifier(name);
  const candidates = [
    plain,
    ...(suffix === '' ? [] : [`${plain}${suffix}`]),
    ...(namespace === undefined ? [] : [identifier(`${namespace} ${name}`)]),
  ];
  let free = candidates.find((candidate) => !taken.has(candidate));
  for (let number = 2; free === undefined; number += 1) {
    free = taken.has(`${plain}${suffix}${number}`) ? undefined : `${plain}${suffix}${number}`;
  }
  taken.add(free);
  return free;
}

/** Camel case; `camelCase` leaves letters of any script, of which a few cannot stand in an identifier. */
function identifier(name: string): string {
  const letters = camelCase(name).replaceAll(/[^\p{ID_Continue}$]/gu, '_');
  return /^[\p{ID_Start}_$]/u.test(letters) ? letters : `_${letters}`;
}

function get<T>(names: ReadonlyMap<string, T>, name: string, kind: string): T {
  const found = names.get(name);
  if (found !== undefined) return found;
  throw new RowhouseError('SCHEMA_INVALID', `there is no ${kind} ${name} in the catalog`, {
    details: { [kind]: name },
  });
}

/** Words that cannot name a constant of a module, or would hide something. */
const keywords: readonly string[] = (
  'arguments async await boolean break case catch class const continue debugger default delete do else enum eval ' +
  'export extends false finally for function if implements import in instanceof interface let new null package ' +
  'private protected public return static super switch this throw true try typeof undefined var void while with ' +
  'yield Object Array Date Symbol Map Set Promise'
).split(' ');
