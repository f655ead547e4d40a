import { factText } from '../fact-text.ts';
import type { Fact, Structure } from '../../../../dialect/structure/fact.ts';
import type { DefinitionStatement } from '../../../../dialect/definition.ts';
import type { Alteration, PlanContext } from '../../../../dialect/structure/rules.ts';
import { readRows } from '../../inspect/read-rows.ts';
import type { Kind, ReadFact } from '../kind.ts';
import { addConstraint } from '../../online/constraint.ts';
import { attachPartition, attachProved } from '../../online/partition.ts';
import { joins } from '../../online/step.ts';
import { boundOf, isProvedBefore } from '../attached-bound.ts';
import { leavePartitioned, leaveRank } from '../leave-partitioned.ts';
import { homesOf } from '../partition-homes.ts';
import { isForeignKey, placeOf, tableIdOf, tableNameOf } from '../relation.ts';
import { renameNotNullsOf } from '../table/rename-not-nulls.ts';
import { linkFact, linkQuery, type LinkRow } from './link-row.ts';

interface PartitionRow extends LinkRow {
  readonly bound: string;
  readonly condition: string | null;
}

const partitionQuery = linkQuery(
  `c.relkind in ('r', 'p', 'f') and c.relispartition and not i.inhdetachpending`,
  `, pg_get_expr(c.relpartbound, c.oid) as bound, nullif(pg_get_partition_constraintdef(c.oid), '') as condition`,
);

function factOf(row: PartitionRow): ReadFact {
  const fact = linkFact('partition', row);
  return {
    ...fact,
    attributes: { ...fact.attributes, bound: row.bound },
    notes: { ...fact.notes, condition: row.condition },
  };
}

/** That a table is a part of a partitioned one. Attaching and detaching keeps its rows. One on its way out is none any more. */
export const partitionKind: Kind = {
  kind: 'partition',
  read: async (connection) => (await readRows<PartitionRow>(connection, partitionQuery, [])).map(factOf),
  rules: {
    create: attach,
    drop: leavePartitioned,
    alter,
    occupies: ({ attributes }) => `place in ${factText(attributes['source'])}`,
    // the rows find another place once the table is out of the way of those that take them
    outlivesParent: (fact, table, context) => homesOf(table, context).length > 0 && fact.parent === table.id,
    rank: -2000,
    dropRank: leaveRank,
  },
};

/** Where the table above is another one, whatever came from the one before is its own for a moment, and can change. */
function alter(from: Fact, to: Fact, context: PlanContext): Alteration {
  if (from.attributes['source'] !== to.attributes['source']) return { how: 'replace' };
  return { how: 'in-place', prepare: leavePartitioned(from, context), steps: attach(to, context) };
}

/** What is true of each row is proved beforehand, where others can write meanwhile. */
function attach(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const attached = boundOf(fact, context);
  const before = context.from.facts.get(fact.id);
  if (before !== undefined) return [...renameOwn(before, fact, context), ...attachAgain(fact, context)];
  const isEmpty = attached.isEmpty === true;
  const safe = isEmpty && attached.defaultPartition === undefined ? 'plain' : context.safe;
  const first = isEmpty ? [] : [...renameNotNullsOf(tableIdOf(fact), context), ...proveForeignKeys(fact, context)];
  return [...first, ...attachPartition(attached, safe)];
}

/** Between detaching and attaching again its rows are out of sight: one transaction does both. */
function attachAgain(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  const attached = boundOf(fact, context);
  const note = `${placeOf(fact).table} is read while nobody else can use it`;
  return isProvedBefore(fact, context)
    ? attachProved(attached).map(({ sql }) => joins(sql))
    : attachPartition(attached, 'plain').map((one) => ({ ...one, note }));
}

function renameOwn(from: Fact, to: Fact, context: PlanContext): readonly DefinitionStatement[] {
  if (from.attributes['source'] === to.attributes['source']) return [];
  return renameNotNullsOf(tableIdOf(to), context);
}

/** Foreign keys of the table above are looked at beforehand: attaching takes them over. */
function proveForeignKeys(fact: Fact, context: PlanContext): readonly DefinitionStatement[] {
  if (context.safe === 'plain') return [];
  const { from, to, partsOf } = context;
  const table = tableNameOf(fact);
  const keysOf = (id: string, structure: Structure): readonly Fact[] => {
    const owner = structure.facts.get(id);
    return owner === undefined ? [] : partsOf(owner, structure).filter(isForeignKey);
  };
  const own = keysOf(tableIdOf(fact), from).map(({ attributes }) => attributes['definition']);
  return keysOf(factText(fact.notes?.['source']), to)
    .filter((key) => from.facts.has(key.id) && !own.includes(key.attributes['definition'] ?? null))
    .flatMap((key) =>
      addConstraint({ table, name: placeOf(key).name, definition: factText(key.attributes['definition']) }, 'online'),
    );
}
