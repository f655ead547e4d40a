import type { Change } from '../../catalog/change/change.ts';
import { displayName, sameName, type ObjectName } from '../../catalog/model/object-name.ts';
import type { Parked } from '../../dialect/parking.ts';
import type { LedgerEntry } from '../ledger/ledger.ts';
import type { RevisionGraph } from '../revision/revision-graph.ts';

/** What a revision has parked, and when. */
export interface ParkedObject extends Parked {
  readonly revision: string;
  readonly since: Date;
}

/**
 * What the runs in the ledger have parked and not taken back, oldest first. Whether it was purged meanwhile only the
 * database knows.
 */
export function parkedObjects(entries: readonly LedgerEntry[], graph: RevisionGraph): readonly ParkedObject[] {
  const parked = new Map<string, ParkedObject>();
  for (const entry of inRevisionsOf(graph, entries)) {
    if (entry.state !== 'done' || !graph.has(entry.revision)) continue;
    for (const move of movesOf(entry, graph)) follow(parked, move, entry);
  }
  return [...parked.values()];
}

/**
 * The entries in the words of the code. Of the runs of revisions that one has replaced, the last stands for that one: it
 * has parked what they have, under the same names.
 */
function inRevisionsOf(graph: RevisionGraph, entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const runs = entries.filter(
    ({ state, direction }) => state === 'done' && (direction === 'up' || direction === 'down'),
  );
  return entries.map((entry) => {
    const replacement = graph.replacementOf(entry.revision);
    if (replacement === undefined || entry.revision !== replacement.replaces?.at(-1)) return entry;
    const isLastRun = runs.findLast(({ revision }) => revision === entry.revision) === entry;
    return isLastRun ? { ...entry, revision: replacement.id } : entry;
  });
}

type Move =
  | { readonly kind: 'park' | 'restore'; readonly parked: Parked }
  | { readonly kind: 'rename'; readonly table: ObjectName; readonly to: ObjectName };

/** What an entry has moved; a stamp has moved nothing. */
function movesOf({ revision, direction }: LedgerEntry, graph: RevisionGraph): readonly Move[] {
  const { up, down } = graph.get(revision);
  switch (direction) {
    case 'up':
      return up.flatMap(moveOf);
    case 'down':
      return down === undefined ? up.flatMap(moveOf).toReversed().map(undone) : down.flatMap(moveOf);
    case 'stamp':
    case 'unstamp':
      return [];
  }
}

function moveOf(change: Change): readonly Move[] {
  const { kind } = change;
  if (kind === 'park-column')
    return [{ kind: 'park', parked: { table: change.table, column: change.column, ...markOf(change) } }];
  if (kind === 'restore-column')
    return [{ kind: 'restore', parked: { table: change.table, column: change.column.name, ...markOf(change) } }];
  if (kind === 'park-table') return [{ kind: 'park', parked: { table: change.table, ...markOf(change) } }];
  if (kind === 'restore-table')
    return [{ kind: 'restore', parked: { table: nameOf(change.table), ...markOf(change) } }];
  if (kind === 'rename-table')
    return [{ kind: 'rename', table: change.table, to: { ...change.table, name: change.to } }];
  return kind === 'move-object' && change.of === 'table'
    ? [{ kind: 'rename', table: change.object, to: change.to }]
    : [];
}

function undone(move: Move): Move {
  switch (move.kind) {
    case 'park':
      return { ...move, kind: 'restore' };
    case 'restore':
      return { ...move, kind: 'park' };
    case 'rename':
      return { kind: 'rename', table: move.to, to: move.table };
  }
}

function follow(parked: Map<string, ParkedObject>, move: Move, { revision, finishedAt, startedAt }: LedgerEntry): void {
  switch (move.kind) {
    case 'park':
      parked.set(placeKey(move.parked), { ...move.parked, revision, since: finishedAt ?? startedAt });
      return;
    case 'restore':
      parked.delete(placeKey(move.parked));
      return;
    case 'rename':
      for (const [key, object] of parked) {
        if (object.column === undefined || !sameName(object.table, move.table)) continue;
        const moved = { ...object, table: move.to };
        parked.delete(key);
        parked.set(placeKey(moved), moved);
      }
  }
}

function placeKey(parked: Parked): string {
  return `${parkedKey(parked)} ${parked.mark ?? ''}`;
}

function markOf({ mark }: { readonly mark?: string }): { readonly mark?: string } {
  return mark === undefined ? {} : { mark };
}

/** `person`, or `person.email`: for people. */
export function parkedKey({ table, column }: Parked): string {
  return column === undefined ? displayName(table) : `${displayName(table)}.${column}`;
}

function nameOf({ namespace, name }: ObjectName): ObjectName {
  return namespace === undefined ? { name } : { namespace, name };
}
