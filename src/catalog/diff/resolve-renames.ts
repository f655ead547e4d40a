import { applyChange, applyChanges } from '../change/apply.ts';
import { findEnum, findTable, type Catalog } from '../model/catalog.ts';
import { displayName, sameName, type ObjectName } from '../model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { impliedRenames } from './implied-renames.ts';
import type { Rename, RenameDecisions } from './rename.ts';

/** The renames that lead towards the other catalog, and what is left to compare after them. */
export interface ResolvedRenames {
  readonly changes: readonly Rename[];
  readonly catalog: Catalog;
}

/**
 * Finds which renames take place between two catalogs: those that were said, whole objects before what is in them, then
 * those of constraints, indexes, enums and views that say the same under another name.
 */
export function resolveRenames(from: Catalog, to: Catalog, decisions: RenameDecisions): ResolvedRenames {
  const objects = applyThose(
    decisions.renames.filter((rename) => !isInside(rename)),
    from,
    to,
    decisions.drops,
  );
  const inside = decisions.renames.filter(isInside).map((rename) => placed(rename, objects.changes, to));
  const members = applyThose(inside, objects.catalog, to, decisions.drops);
  const implied = impliedRenames(members.catalog, to);
  return {
    changes: [...objects.changes, ...members.changes, ...implied],
    catalog: applyChanges(implied, members.catalog),
  };
}

/** Takes the renames one after another: what one has done is no question for the next. */
function applyThose(renames: readonly Rename[], from: Catalog, to: Catalog, drops: readonly string[]): ResolvedRenames {
  return renames.reduce<ResolvedRenames>(
    ({ changes, catalog }, rename) =>
      takesPlace(rename, catalog, to, drops)
        ? { changes: [...changes, rename], catalog: applyChange(rename, catalog) }
        : { changes, catalog },
    { changes: [], catalog: from },
  );
}

type InsideRename = Extract<
  Rename,
  { kind: 'rename-column' | 'rename-index' | 'rename-constraint' | 'rename-enum-value' }
>;

function isInside(rename: Rename): rename is InsideRename {
  return 'column' in rename || 'name' in rename || 'value' in rename;
}

/** A hint may call the table or enum by its old name. */
function placed(rename: InsideRename, renames: readonly Rename[], to: Catalog): Rename {
  if (rename.kind === 'rename-enum-value') {
    const became = renames.find((other) => other.kind === 'rename-enum' && sameName(other.enum, rename.enum));
    const isOld = became !== undefined && findEnum(to, rename.enum) === undefined;
    return isOld ? { ...rename, enum: { ...rename.enum, name: became.to } } : rename;
  }
  const became = renames.find((other) => other.kind === 'rename-table' && sameName(other.table, rename.table));
  const isOld = became !== undefined && findTable(to, rename.table) === undefined;
  return isOld ? { ...rename, table: { ...rename.table, name: became.to } } : rename;
}

/**
 * The old name is there and is to go, and the new one is to come. Where the old one is gone or stays, the rename has
 * happened before or means nothing here; where both are there and only the new one stays, what is in the old one would be lost.
 */
function takesPlace(rename: Rename, from: Catalog, to: Catalog, drops: readonly string[]): boolean {
  const { path, before, after, old } = namesAround(rename, from, to);
  if (!before.includes(old) || after.includes(old) || !after.includes(rename.to)) return false;
  if (!before.includes(rename.to)) return true;
  if (drops.includes(path) || !holdsData(rename)) return false;
  throw new RowhouseError('RENAME_UNCLEAR', `${path} cannot become ${rename.to}, which is there already`, {
    details: { gone: path, new: rename.to },
    hint: `drop ${rename.to} in a revision of its own first, or say that ${path} is to go: ${JSON.stringify({ drops: [path] })}`,
  });
}

function holdsData({ kind }: Rename): boolean {
  return (
    kind === 'rename-table' || kind === 'rename-column' || kind === 'rename-enum-value' || kind === 'rename-sequence'
  );
}

interface NamesAround {
  /** As messages and hints say it. */
  readonly path: string;
  readonly old: string;
  /** The names of its kind, in its place, before and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function namesAround(rename: Rename, from: Catalog, to: Catalog): NamesAround {
  switch (rename.kind) {
    case 'rename-table':
      return amongObjects(rename.table, from.tables, to.tables);
    case 'rename-enum':
      return amongObjects(rename.enum, from.enums, to.enums);
    case 'rename-sequence':
      return amongObjects(rename.sequence, from.sequences, to.sequences);
    case 'rename-view':
      return amongObjects(rename.view, from.views, to.views);
    case 'rename-column':
      return amongMembers(rename, rename.column, from, to, (table) => table.columns);
    case 'rename-index':
      return amongMembers(rename, rename.name, from, to, (table) => table.indexes);
    case 'rename-constraint':
      return amongMembers(rename, rename.name, from, to, ({ primaryKey, uniques, checks, foreignKeys }) => [
        { name: primaryKey?.name ?? '' },
        ...uniques,
        ...checks,
        ...foreignKeys,
      ]);
    case 'rename-enum-value':
      return {
        path: `${displayName(rename.enum)}.${rename.value}`,
        old: rename.value,
        before: findEnum(from, rename.enum)?.values ?? [],
        after: findEnum(to, rename.enum)?.values ?? [],
      };
  }
}

function amongObjects(object: ObjectName, from: readonly ObjectName[], to: readonly ObjectName[]): NamesAround {
  const beside = (objects: readonly ObjectName[]): readonly string[] =>
    objects.filter(({ namespace }) => namespace === object.namespace).map(({ name }) => name);
  return { path: displayName(object), old: object.name, before: beside(from), after: beside(to) };
}

function amongMembers(
  { table }: { readonly table: ObjectName },
  old: string,
  from: Catalog,
  to: Catalog,
  members: (table: Catalog['tables'][number]) => readonly { readonly name: string }[],
): NamesAround {
  const names = (catalog: Catalog): readonly string[] => {
    const found = findTable(catalog, table);
    return found === undefined ? [] : members(found).map(({ name }) => name);
  };
  return { path: `${displayName(table)}.${old}`, old, before: names(from), after: names(to) };
}
