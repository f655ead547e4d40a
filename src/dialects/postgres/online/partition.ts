import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement, DoneProbe } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { newQualified, postgresText, qualified } from '../text.ts';
import { addConstraint, type ConstraintText } from './constraint.ts';
import { begins, joins, plainly, reading } from './step.ts';
import { temporaryName } from './temporary-name.ts';

/** A partition and the table it is, or becomes, a part of. */
export interface Partition {
  readonly parent: ObjectName;
  readonly partition: ObjectName;
}

/** A partition with the rows that belong to it. */
export interface BoundPartition extends Partition {
  /** `for values from (1) to (10)` or `default`. */
  readonly bound: string;
  /** What is true of each of its rows: see `boundCondition`. Absent: the server has to look at them itself. */
  readonly condition?: string | undefined;
  /** The partition that takes what fits nowhere else: none of its rows may belong to the new one. */
  readonly defaultPartition?: ObjectName | undefined;
  /** True: it is made in the same plan and holds nothing. */
  readonly isEmpty?: boolean | undefined;
}

/** Makes a table a partition. `online` proves the bound with checks beforehand, so that the lock holds nobody up. */
export function attachPartition(attached: BoundPartition, safe: Safety): readonly DefinitionStatement[] {
  const { partition, condition } = attached;
  if (safe === 'plain') return [plainly(attachText(attached))];
  if (condition === undefined)
    return [
      begins(attachText(attached), { ...reading(partition), note: `reads ${partition.name} while it is locked` }),
    ];
  return [...proveBound(attached), ...attachProved(attached)];
}

/** The checks that prove the bound while others read and write. */
export function proveBound(attached: BoundPartition): readonly DefinitionStatement[] {
  return proofsOf(attached).flatMap((check) => addConstraint(check, 'online'));
}

/** Makes a table a partition whose bound is proved, and takes the proofs away. */
export function attachProved(attached: BoundPartition): readonly DefinitionStatement[] {
  return [
    begins(attachText(attached)),
    ...proofsOf(attached).map(({ table, name }) =>
      joins(`alter table ${qualified(table)} drop constraint ${postgresText.name(name)}`),
    ),
  ];
}

function attachText({ parent, partition, bound }: BoundPartition): string {
  return `alter table ${qualified(parent)} attach partition ${qualified(partition)} ${bound}`;
}

/** Makes a new, empty partition. `online` makes it beside its parent, which is then locked for less. */
export function createPartition(created: BoundPartition, safe: Safety): readonly DefinitionStatement[] {
  const { parent, partition, bound } = created;
  if (safe === 'plain')
    return [plainly(`create table ${newQualified(partition)} partition of ${qualified(parent)} ${bound}`)];
  return [
    begins(`create table ${newQualified(partition)} (like ${qualified(parent)} including all excluding identity)`),
    ...attachPartition(created, safe),
  ];
}

/**
 * Takes a partition out; its rows stay its own. `online` does it while others use the parent, which must have no default
 * partition; where that is stopped halfway, `endDetach` ends it.
 */
export function detachPartition({ parent, partition }: Partition, safe: Safety): readonly DefinitionStatement[] {
  const detach = detachText(parent, partition);
  return [safe === 'plain' ? plainly(detach) : firstHalf(partition, detach)];
}

/** Takes a partition out whose detaching is known to have been stopped halfway. */
export function endDetach({ parent, partition }: Partition): DefinitionStatement {
  const { when: _, ...known } = secondHalf(partition, detachText(parent, partition));
  return known;
}

/**
 * `detach` without its last word. The server does it in two transactions and waits between them for whoever still reads
 * the table; when it is stopped there, queries of the parent find the rows no more, and the partition is no table of its
 * own yet. Then only the second half is left to do.
 */
export function detachConcurrently(partition: ObjectName, detach: string): readonly DefinitionStatement[] {
  const note = 'only where the statement before was stopped halfway';
  return [firstHalf(partition, detach), { ...secondHalf(partition, detach), note }];
}

function firstHalf(partition: ObjectName, detach: string): DefinitionStatement {
  return half(`${detach} concurrently`, partition, { question: 'exists', type: 'attached partition' });
}

/** What a run asks for as missing, a script, which cannot ask, has as a comment. */
function secondHalf(partition: ObjectName, detach: string): DefinitionStatement {
  return half(`${detach} finalize`, partition, { question: 'missing', type: 'settled partition' });
}

function half(
  sql: string,
  partition: ObjectName,
  { question, type }: Pick<DoneProbe, 'question'> & { readonly type: string },
): DefinitionStatement {
  return {
    sql,
    transactional: false,
    class: 'build',
    segment: 'alone',
    done: { question: 'missing', object: { kind: 'raw', type: 'partition', ...partition } },
    when: { question, object: { kind: 'raw', type, ...partition } },
  };
}

function detachText(parent: ObjectName, partition: ObjectName): string {
  return `alter table ${qualified(parent)} detach partition ${qualified(partition)}`;
}

function proofsOf({
  partition,
  bound,
  condition,
  defaultPartition,
  isEmpty = false,
}: BoundPartition): readonly ConstraintText[] {
  if (condition === undefined) return [];
  return [
    ...(isEmpty ? [] : [proof(partition, condition, bound)]),
    ...(defaultPartition === undefined ? [] : [proof(defaultPartition, `not (${condition})`, bound)]),
  ];
}

function proof(table: ObjectName, condition: string, bound: string): ConstraintText {
  const name = temporaryName(table.name, 'check', qualified(table), bound, condition);
  return { table, name, definition: `check (${condition})` };
}
