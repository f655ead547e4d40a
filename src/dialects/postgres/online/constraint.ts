import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { begins, joins, plainly, reading, scans, type StepOptions } from './step.ts';
import { temporaryName } from './temporary-name.ts';

/** A check or a foreign key as text. */
export interface ConstraintText {
  readonly table: ObjectName;
  readonly name: string;
  /** Without its name: `check ((total > 0))`, `foreign key (a) references b(id)`. */
  readonly definition: string;
}

/**
 * Adds a check or a foreign key. `online` binds new rows first and looks at the old ones afterwards, in a transaction
 * that lets others write. A foreign key of a partitioned table is `addPartitionedForeignKey` before PostgreSQL 18.
 */
export function addConstraint(
  constraint: ConstraintText,
  safe: Safety,
  options: StepOptions = {},
): readonly DefinitionStatement[] {
  if (isNotValid(constraint)) return [plainly(addText(constraint), options)];
  if (safe === 'plain') return [plainly(addText(constraint), { ...reading(constraint.table), ...options })];
  return [begins(`${addText(constraint)} not valid`, options), validate(constraint.table, constraint.name)];
}

/** Gives a check or a foreign key another definition. One of the two is in force at every moment. */
export function replaceConstraint(
  constraint: ConstraintText,
  safe: Safety,
  options: StepOptions = {},
): readonly DefinitionStatement[] {
  const { table, name, definition } = constraint;
  const alter = `alter table ${qualified(table)}`;
  const drop = `drop constraint ${postgresText.name(name)}`;
  if (safe === 'plain' || isNotValid(constraint)) {
    const holdsUp = isNotValid(constraint) ? {} : reading(table);
    return [plainly(`${alter} ${drop}, add constraint ${newName(name)} ${definition}`, { ...holdsUp, ...options })];
  }
  const next = temporaryName(name, 'new', qualified(table), definition);
  return [
    ...addConstraint({ table, name: next, definition }, safe, options),
    begins(`${alter} ${drop}`),
    joins(`${alter} rename constraint ${postgresText.name(next)} to ${newName(name)}`),
  ];
}

/** Looks at the rows that were there before the constraint. */
export function validate(table: ObjectName, name: string): DefinitionStatement {
  return scans(`alter table ${qualified(table)} validate constraint ${postgresText.name(name)}`);
}

function addText({ table, name, definition }: ConstraintText): string {
  return `alter table ${qualified(table)} add constraint ${newName(name)} ${definition}`;
}

/** It is meant to stay unproved: there is nothing to look at. */
export function isNotValid({ definition }: Pick<ConstraintText, 'definition'>): boolean {
  return /\bnot valid$/i.test(definition);
}
