import { applyChanges } from '../change/apply.ts';
import type { Change } from '../change/change.ts';
import type { Catalog } from '../model/catalog.ts';
import type { RawObject } from '../model/raw-object.ts';
import { sameRaw } from '../change/same-raw.ts';
import { diffEnums } from './diff-enums.ts';
import { diffReaders } from './diff-readers.ts';
import { diffSequences } from './diff-sequences.ts';
import { diffTables } from './diff-tables.ts';
import { compareBy, type Compared } from './members.ts';
import { possibleRenames, type PossibleRename } from './possible-renames.ts';
import { renameUnclear } from './rename-unclear.ts';
import { noDecisions, type Rename, type RenameDecisions } from './rename.ts';
import { dropReader } from './reader.ts';
import { resolveRenames } from './resolve-renames.ts';
import { staleReaders } from './stale-readers.ts';

/**
 * The changes that lead from one authored catalog to another, one for each difference, in an order in which they can be
 * made. Throws `RENAME_UNCLEAR` when something is gone while something like it is new, and nobody said which it is.
 *
 * @example
 * ```ts
 * const changes = diffCatalogs(foldRevisions(graph.ordered), catalogOf(schema));
 * ```
 */
export function diffCatalogs(from: Catalog, to: Catalog, decisions: RenameDecisions = noDecisions): readonly Change[] {
  const resolved = resolveRenames(from, to, decisions);
  const unclear = possibleRenames(resolved.catalog, to, decisions.drops);
  if (unclear.length > 0) throw renameUnclear(unclear);
  const stale = staleReaders(from, resolved).toReversed().map(dropReader);
  const { changes: renames, catalog } =
    stale.length === 0 ? resolved : resolveRenames(applyChanges(stale, from), to, decisions);
  const homes = newHomes(renames, from);
  return [...stale, ...homes, ...renames, ...differences(applyChanges(homes, catalog), to)];
}

/** The namespaces that something moves to must be there before it does. */
function newHomes(renames: readonly Rename[], { namespaces }: Catalog): readonly Change[] {
  const wanted = renames.flatMap((rename) => (rename.kind === 'move-object' ? (rename.to.namespace ?? []) : []));
  return [...new Set(wanted)]
    .filter((name) => !namespaces.includes(name))
    .map((name): Change => ({ kind: 'create-namespace', name }));
}

/** The questions that `diffCatalogs` would refuse to answer by itself. */
export function unclearRenames(from: Catalog, to: Catalog, decisions: RenameDecisions): readonly PossibleRename[] {
  return possibleRenames(resolveRenames(from, to, decisions).catalog, to, decisions.drops);
}

/** What stands on tables goes first, then what joins them; what is new comes before what is made of it; what nothing names any more goes last. */
function differences(from: Catalog, to: Catalog): readonly Change[] {
  const readers = diffReaders(from, to);
  const tables = diffTables(from, to);
  const enums = diffEnums(from, to);
  const sequences = diffSequences(from, to);
  const beforeTables = compareBy(rawBeforeTables(from), rawBeforeTables(to), sameRaw);
  return [
    ...readers.drops,
    ...tables.droppedForeignKeys,
    ...tables.drops,
    ...sequences.released,
    ...tables.droppedTables,
    ...to.namespaces
      .filter((name) => !from.namespaces.includes(name))
      .map((name): Change => ({ kind: 'create-namespace', name })),
    ...enums.before,
    ...sequences.before,
    ...makeRaw(beforeTables),
    ...tables.createdTables,
    ...tables.columns,
    ...enums.between,
    ...sequences.owned,
    ...tables.members,
    ...tables.foreignKeys,
    ...tables.droppedColumns,
    ...beforeTables.gone.toReversed().map((object): Change => ({ kind: 'drop-raw', object })),
    ...enums.drops,
    ...sequences.drops,
    ...from.namespaces
      .filter((name) => !to.namespaces.includes(name))
      .map((name): Change => ({ kind: 'drop-namespace', name })),
    ...readers.makes,
  ];
}

function rawBeforeTables({ raw }: Catalog): readonly RawObject[] {
  return raw.filter(({ stage }) => stage === 'before-tables');
}

function makeRaw({ changed, fresh }: Compared<RawObject>): readonly Change[] {
  return [
    ...changed.map(({ after }): Change => ({ kind: 'alter-raw', object: after })),
    ...fresh.map((object): Change => ({ kind: 'create-raw', object })),
  ];
}
