import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { postgresText, qualified } from '../text.ts';
import { addConstraint } from './constraint.ts';
import { begins, joins, plainly, reading, type StepOptions } from './step.ts';
import { temporaryName } from './temporary-name.ts';

/** A column that must have a value in every row. */
export interface NotNullColumn {
  readonly table: ObjectName;
  readonly column: string;
}

/** Forbids null. `online` proves it with a check that lets others write; the server then needs no second look. */
export function setNotNull(
  { table, column }: NotNullColumn,
  safe: Safety,
  options: StepOptions = {},
): readonly DefinitionStatement[] {
  const alter = `alter table ${qualified(table)}`;
  const set = `${alter} alter column ${postgresText.name(column)} set not null`;
  if (safe === 'plain') return [plainly(set, { ...reading(table), ...options })];
  const check = notNullCheck({ table, column });
  return [
    ...addConstraint(check, safe, options),
    begins(set),
    joins(`${alter} drop constraint ${postgresText.name(check.name)}`),
  ];
}

/** From PostgreSQL 18 on a not-null constraint has a name and can itself be added before the old rows are looked at. */
export function addNotNullConstraint(
  { table, column, name }: NotNullColumn & { readonly name: string },
  safe: Safety,
  options: StepOptions = {},
): readonly DefinitionStatement[] {
  return addConstraint({ table, name, definition: `not null ${postgresText.name(column)}` }, safe, options);
}

export function dropNotNull({ table, column }: NotNullColumn): DefinitionStatement {
  return plainly(`alter table ${qualified(table)} alter column ${postgresText.name(column)} drop not null`);
}

/** The check that proves it; it is there only until the column says so itself. */
function notNullCheck({ table, column }: NotNullColumn): { table: ObjectName; name: string; definition: string } {
  return {
    table,
    name: temporaryName(column, 'check', qualified(table), 'not null'),
    definition: `check (${postgresText.name(column)} is not null)`,
  };
}
