import { factText } from './fact-text.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { refused } from '../../../dialect/structure/compare.ts';
import { dependentsOf } from '../../../dialect/structure/dependents.ts';
import type { Fact, Structure } from '../../../dialect/structure/fact.ts';
import { planStructure } from '../../../dialect/structure/plan-structure.ts';
import type { RuleTable, Safety } from '../../../dialect/structure/rules.ts';
import { temporaryName } from '../online/temporary-name.ts';
import { columnsOf, valueColumns } from './copy/own-parts.ts';
import { withoutVainOrder } from './link-partitions.ts';
import { quoted } from './names.ts';
import { isForeignKey, placeOf, tableOf } from './relation.ts';
import { step } from './step.ts';
import { countOn } from './table/count-on.ts';
import { renameNotNulls } from './table/rename-not-nulls.ts';
import { withoutFacts } from './with-facts.ts';

/**
 * Plans as `planStructure` does, and besides turns plain tables into partitioned ones and back. That cannot be done in
 * place: the table is moved aside, made anew, filled from the one aside, and only then bound by foreign keys and triggers.
 */
export function planWithMoves(
  from: Structure,
  to: Structure,
  rules: RuleTable,
  safe: Safety,
): readonly DefinitionStatement[] {
  const moves = [...from.facts.values()].filter((table) => isMoved(table, to)).map((table) => moveOf(table, from, to));
  if (moves.length === 0) return planStructure(from, to, rules, safe);
  const bared = without(from, (fact) => isInTheWay(fact, moves), new Set(moves.flatMap(({ aside }) => aside)));
  const aside = new Set(moves.flatMap((move) => move.aside));
  const cleared = withoutWhole(withoutLinks(bared, moves), aside);
  const filled = without(to, (fact) => isBinding(fact, moves), new Set());
  return [
    ...planStructure(withoutVainOrder(from, bared), bared, rules, safe),
    ...moves.flatMap((move, position) => setAside(move, position === 0)),
    ...moves.flatMap(({ left }) => left.flatMap(({ id }) => renameNotNulls(columnsOf(id, to), from))),
    ...planStructure(cleared, filled, rules, 'plain'),
    ...moves.flatMap(refill),
    ...countOnAll(moves, filled),
    ...planStructure(filled, to, rules, safe),
  ];
}

interface Move {
  readonly from: Fact;
  readonly to: Fact;
  /** Ids of the table and of the partitions that go aside with it. */
  readonly aside: readonly string[];
  /** Partitions that stay as tables of their own; their rows are copied. */
  readonly left: readonly Fact[];
  readonly parked: string;
  /** The columns that both have and that hold values. */
  readonly columns: readonly string[];
  /** The columns whose values are not to be had any more. */
  readonly lost: readonly string[];
}

function isMoved({ kind, id, attributes }: Fact, to: Structure): boolean {
  const after = to.facts.get(id);
  return kind === 'table' && after !== undefined && after.attributes['partitionKey'] !== attributes['partitionKey'];
}

function moveOf(table: Fact, from: Structure, to: Structure): Move {
  const partitions = partitionsOf(table.id, from);
  const isLeft = (id: string): boolean => to.facts.has(id) && !partitionsOf(table.id, to).includes(id);
  const left = partitions.filter(isLeft).flatMap((id) => from.facts.get(id) ?? []);
  return {
    from: table,
    to: to.facts.get(table.id) ?? table,
    aside: [table.id, ...partitions.filter((id) => !isLeft(id))],
    left,
    columns: valueColumns(table.id, to, from),
    lost: columnsOf(table.id, from)
      .filter(({ id, attributes }) => attributes['generated'] === null && !to.facts.has(id))
      .map((column) => placeOf(column).name),
    parked: temporaryName(placeOf(table).name, 'old', table.id, JSON.stringify(table.attributes)),
  };
}

/** The ids of the tables below a partitioned one, at any depth. */
function partitionsOf(tableId: string, structure: Structure): readonly string[] {
  const direct = [...structure.facts.values()]
    .filter(({ kind, notes }) => kind === 'partition' && notes?.['source'] === tableId)
    .flatMap(({ parent }) => parent ?? []);
  return [...direct, ...direct.flatMap((id) => partitionsOf(id, structure))];
}

/** What hangs on a table that goes aside would take its names, or keep it from going. */
function isInTheWay(fact: Fact, moves: readonly Move[]): boolean {
  const aside = new Set(moves.flatMap((move) => move.aside));
  if (fact.kind === 'column' || fact.kind === 'partition' || /^(?:comment|grant|owner)/.test(fact.kind)) return false;
  return [fact.parent, ...fact.requires].some((id) => id !== undefined && (aside.has(id) || isColumnOf(id, aside)));
}

/** Foreign keys and triggers look at rows: they come when the rows are back. */
function isBinding(fact: Fact, moves: readonly Move[]): boolean {
  const { kind, parent, notes } = fact;
  const moved = new Set(moves.flatMap(({ to, aside }) => [to.id, ...aside]));
  if (kind === 'trigger' || kind === 'rule') return parent !== undefined && moved.has(parent);
  if (!isForeignKey(fact)) return false;
  return (parent !== undefined && moved.has(parent)) || moved.has(factText(notes?.['target']));
}

function isColumnOf(id: string, tables: ReadonlySet<string>): boolean {
  if (!id.startsWith('column ')) return false;
  return [...tables].some((table) => id.startsWith(`column ${table.slice('table '.length)}.`));
}

/** A structure without some facts and whatever needs them. Tables and columns that others hold cannot go with them. */
function without(structure: Structure, isLeftOut: (fact: Fact) => boolean, kept: ReadonlySet<string>): Structure {
  const dependents = dependentsOf(structure);
  const out = new Set<string>();
  const leave = (fact: Fact): void => {
    if (out.has(fact.id) || kept.has(fact.id)) return;
    if (fact.kind === 'table' || (fact.kind === 'column' && fact.attributes['generated'] === null)) {
      throw refused(fact.id, 'it needs a table that has to be made anew');
    }
    out.add(fact.id);
    dependents(fact.id).forEach(leave);
    // an index of a partition goes with the one that it is a part of
    const part = fact.kind === 'index partition' ? structure.facts.get(fact.parent ?? '') : undefined;
    if (part !== undefined) leave(part);
  };
  for (const fact of structure.facts.values()) if (isLeftOut(fact)) leave(fact);
  return withoutFacts(structure, ({ id }) => out.has(id));
}

function withoutLinks(structure: Structure, moves: readonly Move[]): Structure {
  const left = new Set(moves.flatMap((move) => move.left.map(({ id }) => id)));
  return withoutFacts(structure, ({ kind, parent = '' }) => kind === 'partition' && left.has(parent));
}

/** A structure without some tables and all of their parts. */
function withoutWhole(structure: Structure, ids: ReadonlySet<string>): Structure {
  const isWithin = (fact: Fact): boolean => {
    if (ids.has(fact.id)) return true;
    const parent = fact.parent === undefined ? undefined : structure.facts.get(fact.parent);
    return parent !== undefined && isWithin(parent);
  };
  return withoutFacts(structure, isWithin);
}

/** Partitions that go aside keep their names free for those to come. */
function setAside({ from, left, parked, aside }: Move, isFirst: boolean): readonly DefinitionStatement[] {
  const { schema } = placeOf(from);
  const others = aside.filter((id) => id !== from.id);
  return [
    step(`alter table ${tableOf(from)} rename to ${quoted(parked)}`, isFirst ? { segment: 'start' } : {}),
    ...left.map((table) => step(`alter table ${quoted(schema, parked)} detach partition ${tableOf(table)}`)),
    ...others.map((id, position) => {
      const name = id
        .slice('table '.length)
        .split('.')
        .map((part) => part.replaceAll('"', ''));
      const parkedPart = temporaryName(name.at(-1) ?? '', 'old', id, String(position));
      return step(`alter table ${quoted(...name)} rename to ${quoted(parkedPart)}`);
    }),
  ];
}

/** Values that are computed are computed again. */
function refill({ from, to, left, parked, columns, lost }: Move): readonly DefinitionStatement[] {
  const { schema } = placeOf(from);
  const list = columns.map((name) => quoted(name)).join(', ');
  const sources = [quoted(schema, parked), ...left.map(tableOf)];
  const note = `the rows of ${placeOf(to).table} are copied while nobody else can use it`;
  const copies = sources.map((source) =>
    step(`insert into ${tableOf(to)} (${list}) overriding system value select ${list} from ${source}`, { note }),
  );
  const loses = lost.map((name) => ({ table: tableOf(from), column: quoted(name) }));
  const drop = step(`drop table ${quoted(schema, parked)}`, loses.length === 0 ? {} : { loses });
  return [...(columns.length === 0 ? [] : copies), drop];
}

/** Numbers go on after the highest one that was copied. */
function countOnAll(moves: readonly Move[], { facts }: Structure): readonly DefinitionStatement[] {
  const isMovedColumn = (id: string | undefined): boolean =>
    moves.some(({ to }) => facts.get(id ?? '')?.parent === to.id);
  return [...facts.values()]
    .filter(({ parent }) => isMovedColumn(parent))
    .flatMap((fact) => {
      const column = facts.get(fact.parent ?? '');
      if (column === undefined) return [];
      if (fact.kind === 'identity')
        return [countOn(column, quoted(placeOf(fact).schema, factText(fact.attributes['sequence'])))];
      return fact.kind === 'sequence' ? [countOn(column, quoted(placeOf(fact).schema, placeOf(fact).name))] : [];
    });
}
