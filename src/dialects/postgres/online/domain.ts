import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import type { Safety } from '../../../dialect/structure/rules.ts';
import { newName, postgresText, qualified } from '../text.ts';
import { begins, plainly, scans } from './step.ts';

/** A check of a domain. `online` reads the tables that use it after it is in force for new values. */
export function addDomainConstraint(
  constraint: { readonly domain: ObjectName; readonly name: string; readonly definition: string },
  safe: Safety,
): readonly DefinitionStatement[] {
  const alter = `alter domain ${qualified(constraint.domain)}`;
  const add = `${alter} add constraint ${newName(constraint.name)} ${constraint.definition}`;
  if (safe === 'plain') return [plainly(add)];
  return [begins(`${add} not valid`), scans(`${alter} validate constraint ${postgresText.name(constraint.name)}`)];
}
