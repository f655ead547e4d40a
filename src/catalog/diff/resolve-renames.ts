import { applyChange, applyChanges } from '../change/apply.ts';
import type { Move } from '../change/move-object.ts';
import { findEnum, findTable, type Catalog } from '../model/catalog.ts';
import { displayName, nameKey, sameName, type ObjectName } from '../model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { impliedMoves } from './implied-moves.ts';
import { impliedRenames } from './implied-renames.ts';
import { newNameOf, type Rename, type RenameDecisions } from './rename.ts';

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
  const moved = impliedMoves(members.catalog, to, objects.changes);
  const gathered = applyChanges(moved, members.catalog);
  const implied = impliedRenames(gathered, to);
  return {
    changes: [...objects.changes, ...members.changes, ...moved, ...implied],
    catalog: applyChanges(implied, gathered),
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
    const became = renamedBy(renames, 'enum', rename.enum);
    const isOld = became !== undefined && findEnum(to, rename.enum) === undefined;
    return isOld ? { ...rename, enum: became } : rename;
  }
  const became = renamedBy(renames, 'table', rename.table);
  const isOld = became !== undefined && findTable(to, rename.table) === undefined;
  return isOld ? { ...rename, table: became } : rename;
}

/** What an object is called after the renames, where one of them is about it. */
function renamedBy(renames: readonly Rename[], of: 'table' | 'enum', object: ObjectName): ObjectName | undefined {
  const isIt = (name: ObjectName): boolean => sameName(name, object);
  const [became] = renames.flatMap((one): ObjectName[] => {
    if (one.kind === 'move-object') return one.of === of && isIt(one.object) ? [one.to] : [];
    if (of === 'table') return one.kind === 'rename-table' && isIt(one.table) ? [{ ...object, name: one.to }] : [];
    return one.kind === 'rename-enum' && isIt(one.enum) ? [{ ...object, name: one.to }] : [];
  });
  return became;
}

/**
 * The old name is there and is to go, and the new one is to come. Where the old one is gone or stays, the rename has
 * happened before or means nothing here; where both are there and only the new one stays, what is in the old one would be lost.
 */
function takesPlace(rename: Rename, from: Catalog, to: Catalog, drops: readonly string[]): boolean {
  const { path, before, after, old, next } = namesAround(rename, from, to);
  if (!before.includes(old) || after.includes(old) || !after.includes(next)) return false;
  if (!before.includes(next)) return true;
  if (drops.includes(path) || !holdsData(rename)) return false;
  const name = newNameOf(rename);
  throw new RowhouseError('RENAME_UNCLEAR', `${path} cannot become ${name}, which is there already`, {
    details: { gone: path, new: name },
    hint: `drop ${name} in a revision of its own first, or say that ${path} is to go: ${JSON.stringify({ drops: [path] })}`,
  });
}

function holdsData(rename: Rename): boolean {
  const { kind } = rename;
  if (kind === 'move-object') return rename.of === 'table' || rename.of === 'sequence';
  return (
    kind === 'rename-table' || kind === 'rename-column' || kind === 'rename-enum-value' || kind === 'rename-sequence'
  );
}

interface NamesAround {
  /** As messages and hints say it. */
  readonly path: string;
  readonly old: string;
  readonly next: string;
  /** The names of its kind, in its place, before and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function namesAround(rename: Rename, from: Catalog, to: Catalog): NamesAround {
  switch (rename.kind) {
    case 'rename-table':
      return amongObjects(rename.table, rename.to, from.tables, to.tables);
    case 'rename-enum':
      return amongObjects(rename.enum, rename.to, from.enums, to.enums);
    case 'rename-sequence':
      return amongObjects(rename.sequence, rename.to, from.sequences, to.sequences);
    case 'rename-view':
      return amongObjects(rename.view, rename.to, from.views, to.views);
    case 'move-object':
      return amongAll(rename, from[`${rename.of}s`], to[`${rename.of}s`]);
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
        next: rename.to,
        before: findEnum(from, rename.enum)?.values ?? [],
        after: findEnum(to, rename.enum)?.values ?? [],
      };
  }
}

function amongObjects(
  object: ObjectName,
  next: string,
  from: readonly ObjectName[],
  to: readonly ObjectName[],
): NamesAround {
  const beside = (objects: readonly ObjectName[]): readonly string[] =>
    objects.filter(({ namespace }) => namespace === object.namespace).map(({ name }) => name);
  return { path: displayName(object), old: object.name, next, before: beside(from), after: beside(to) };
}

/** Between namespaces the whole names count. */
function amongAll({ object, to: next }: Move, from: readonly ObjectName[], to: readonly ObjectName[]): NamesAround {
  const names = (objects: readonly ObjectName[]): readonly string[] => objects.map(nameKey);
  return {
    path: displayName(object),
    old: nameKey(object),
    next: nameKey(next),
    before: names(from),
    after: names(to),
  };
}

function amongMembers(
  { table, to: next }: { readonly table: ObjectName; readonly to: string },
  old: string,
  from: Catalog,
  to: Catalog,
  members: (table: Catalog['tables'][number]) => readonly { readonly name: string }[],
): NamesAround {
  const names = (catalog: Catalog): readonly string[] => {
    const found = findTable(catalog, table);
    return found === undefined ? [] : members(found).map(({ name }) => name);
  };
  return { path: `${displayName(table)}.${old}`, old, next, before: names(from), after: names(to) };
}
