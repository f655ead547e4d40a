import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { newQualified, postgresText, qualified } from '../text.ts';
import { addConstraint } from './constraint.ts';
import { begins, joins, plainly } from './step.ts';
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
  const { parent, partition, bound, condition, defaultPartition, isEmpty = false } = attached;
  const attach = `alter table ${qualified(parent)} attach partition ${qualified(partition)} ${bound}`;
  if (safe === 'plain') return [plainly(attach)];
  if (condition === undefined) return [begins(attach, { note: `reads ${partition.name} while it is locked` })];
  const checks = [
    ...(isEmpty ? [] : [proof(partition, condition, bound)]),
    ...(defaultPartition === undefined ? [] : [proof(defaultPartition, `not (${condition})`, bound)]),
  ];
  return [
    ...checks.flatMap((check) => addConstraint(check, safe)),
    begins(attach),
    ...checks.map(({ table, name }) =>
      joins(`alter table ${qualified(table)} drop constraint ${postgresText.name(name)}`),
    ),
  ];
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

/** Takes a partition out; its rows stay its own. Where there is a default partition the server can only do it plainly. */
export function detachPartition(
  { parent, partition, hasDefault }: Partition & { readonly hasDefault: boolean },
  safe: Safety,
): DefinitionStatement {
  const detach = `alter table ${qualified(parent)} detach partition ${qualified(partition)}`;
  if (safe === 'plain') return plainly(detach);
  if (hasDefault) return begins(detach);
  const done = { question: 'missing', object: { kind: 'raw', type: 'partition', ...partition } } as const;
  return { sql: `${detach} concurrently`, transactional: false, class: 'build', segment: 'alone', done };
}

function proof(
  table: ObjectName,
  condition: string,
  bound: string,
): { table: ObjectName; name: string; definition: string } {
  const name = temporaryName(table.name, 'check', qualified(table), bound, condition);
  return { table, name, definition: `check (${condition})` };
}
