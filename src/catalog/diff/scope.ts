import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { sortByName, type Catalog } from '../model/catalog.ts';
import { displayName, nameKey, sameName, type ObjectName } from '../model/object-name.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { Table } from '../model/table.ts';
import type { Rename } from './rename.ts';

/** What a comparison looks at; the rest stays as it is. */
export interface Scope {
  /** Names with `*` for any characters: `auth_*`. Only what one of them fits; everything when there are none. */
  readonly include?: readonly string[] | undefined;
  /** Names with `*` that are left alone, whatever `include` says. */
  readonly exclude?: readonly string[] | undefined;
  /** Beside the default namespace only these; every one when absent. */
  readonly namespaces?: readonly string[] | undefined;
  /** No table is dropped. */
  readonly skipDrops?: boolean | undefined;
}

/** The catalog to reach when everything outside the scope stays as it is in `from`. */
export function withinScope(from: Catalog, to: Catalog, scope: Scope, renames: readonly Rename[]): Catalog {
  const isInside = insideOf(scope);
  const choose = <T extends ObjectName>(before: readonly T[], after: readonly T[]): readonly T[] => [
    ...after.filter((object) => isInside(object)),
    ...before.filter((object) => !isInside(object)),
  ];
  const chosen = choose(from.tables, to.tables);
  const kept = scope.skipDrops === true ? undropped(from.tables, chosen, renames) : [];
  const tables = sortByName([...chosen, ...kept]);
  const stays = new Set([...from.tables.filter((table) => !isInside(table)), ...kept]);
  const views = choose(from.views, to.views);
  const sequences = sortByName(choose(from.sequences, to.sequences));
  const raw = [
    ...to.raw.filter((object) => isInside(owner(object))),
    ...from.raw.filter((object) => !isInside(owner(object))),
  ];
  const enums = sortByName(chooseEnums(from, to, isInside, [...stays]));
  const used = [...tables, ...views, ...sequences, ...enums].flatMap(({ namespace }) => namespace ?? []);
  const isNamespaceInside = (name: string): boolean => isInside({ namespace: name, name });
  const said = [
    ...to.namespaces.filter((name) => isNamespaceInside(name)),
    ...from.namespaces.filter((name) => !isNamespaceInside(name)),
  ];
  refuseLeftOut(tables, to.tables);
  return { namespaces: [...new Set([...said, ...used])].toSorted(), enums, sequences, tables, views, raw };
}

function insideOf({ include = [], exclude = [], namespaces }: Scope): (object: ObjectName) => boolean {
  const [wanted, unwanted] = [include.map(glob), exclude.map(glob)];
  const fits = (patterns: readonly RegExp[], object: ObjectName): boolean =>
    patterns.some((pattern) => pattern.test(object.name) || pattern.test(displayName(object)));
  return (object) =>
    (object.namespace === undefined || namespaces === undefined || namespaces.includes(object.namespace)) &&
    (wanted.length === 0 || fits(wanted, object)) &&
    !fits(unwanted, object);
}

function glob(pattern: string): RegExp {
  const escaped = pattern.split('*').map((text) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${escaped.join('.*')}$`);
}

/** A trigger or policy goes with its table. */
function owner({ namespace, name, table }: Catalog['raw'][number]): ObjectName {
  return namespace === undefined ? { name: table ?? name } : { namespace, name: table ?? name };
}

/** Tables that would go, but for those that become another. */
function undropped(before: readonly Table[], after: readonly Table[], renames: readonly Rename[]): readonly Table[] {
  const chosen = new Set(after.map(nameKey));
  return before.filter((table) => {
    if (chosen.has(nameKey(table))) return false;
    const became = renames.flatMap((one): ObjectName[] => {
      if (one.kind === 'rename-table' && sameName(one.table, table)) return [{ ...table, name: one.to }];
      return one.kind === 'move-object' && one.of === 'table' && sameName(one.object, table) ? [one.to] : [];
    });
    return !became.some((name) => chosen.has(nameKey(name)));
  });
}

/** Enums of the target, and those of tables that stay; an enum that no column uses goes by its own name. */
function chooseEnums(
  from: Catalog,
  to: Catalog,
  isInside: (object: ObjectName) => boolean,
  stays: readonly Table[],
): Catalog['enums'] {
  const inside = (object: ObjectName, { tables }: Catalog): boolean => {
    const users = tables.filter((table) => usesEnum(table, object));
    return users.length === 0 ? isInside(object) : users.some((table) => isInside(table));
  };
  const after = to.enums.filter((type) => inside(type, to));
  const before = from.enums.filter(
    (type) =>
      !after.some((other) => sameName(other, type)) &&
      (!inside(type, from) || stays.some((table) => usesEnum(table, type))),
  );
  return [...after, ...before];
}

function usesEnum({ columns }: Table, name: ObjectName): boolean {
  const isIt = (type: ColumnType): boolean =>
    type.kind === 'array' ? isIt(type.of) : type.kind === 'enum' && sameName(type, name);
  return columns.some(({ type }) => isIt(type));
}

/** A foreign key to a table that nobody makes yet could not be made either. */
function refuseLeftOut(tables: readonly Table[], all: readonly Table[]): void {
  const [chosen, known] = [new Set(tables.map(nameKey)), new Set(all.map(nameKey))];
  for (const table of tables) {
    const key = table.foreignKeys.find(({ references }) => !chosen.has(nameKey(references)));
    if (key === undefined || !known.has(nameKey(key.references))) continue;
    const [name, target] = [displayName(table), displayName(key.references)];
    throw new RowhouseError('CHANGE_UNSUPPORTED', `${name} refers to ${target}, which is left out`, {
      details: { table: name, references: target },
      hint: `include ${target} as well, or leave ${name} out too`,
    });
  }
}
