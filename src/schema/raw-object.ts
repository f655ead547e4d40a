import type { ObjectName } from '../catalog/model/object-name.ts';
import type { RawObject } from '../catalog/model/raw-object.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { placed } from './definition-order.ts';

/** Where a raw object keeps itself. */
export const rawDefinition: unique symbol = Symbol.for('rowhouse.raw');

export interface RawDefinition {
  readonly [rawDefinition]: RawObject;
}

/**
 * Something of the database that is kept as SQL: a function, a trigger, a domain. `create` and `drop` say the SQL for
 * each engine it exists on; where an engine is not named, the object does not exist there. `replace` puts a new text in
 * the place of the old one; without it a change is a drop and a create.
 */
export function rawObject(object: {
  readonly type: string;
  readonly name: string;
  readonly namespace?: string;
  readonly table?: string;
  readonly stage?: RawObject['stage'];
  readonly create: Readonly<Record<string, string>>;
  readonly drop: Readonly<Record<string, string>>;
  readonly replace?: Readonly<Record<string, string>>;
  readonly requires?: readonly ObjectName[];
}): RawDefinition {
  const undroppable = Object.keys(object.create).filter((engine) => object.drop[engine] === undefined);
  if (undroppable.length > 0) {
    throw new RowhouseError(
      'SCHEMA_INVALID',
      `${object.type} ${object.name} has no drop for ${undroppable.join(', ')}`,
    );
  }
  return placed({ [rawDefinition]: { ...object, stage: object.stage ?? 'after-tables' } });
}
