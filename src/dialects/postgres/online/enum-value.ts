import type { ObjectName } from '../../../catalog/model/object-name.ts';
import type { DefinitionStatement } from '../../../dialect/definition.ts';
import { postgresText, qualified } from '../text.ts';

/** Where a new value of an enum stands. */
export interface EnumValuePlace {
  readonly value: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** Adds a value. It cannot be used before its transaction is over, so it has one to itself. */
export function addEnumValue(type: ObjectName, place: EnumValuePlace): DefinitionStatement {
  const { value, before, after } = place;
  const where =
    before === undefined
      ? after === undefined
        ? ''
        : ` after ${postgresText.literal(after)}`
      : ` before ${postgresText.literal(before)}`;
  return {
    sql: `alter type ${qualified(type)} add value ${postgresText.literal(value)}${where}`,
    transactional: true,
    class: 'catalog',
    segment: 'alone',
  };
}
