import type { ObjectName } from '../../catalog/model/object-name.ts';
import { rawObject, type RawDefinition } from '../raw-object.ts';
import { forEnginesOf, replacing } from './replacing.ts';
import { backquoted, doubleQuoted } from './sql-text.ts';
import { tableName, type TableLike } from './table-name.ts';

export interface TriggerOptions {
  readonly requires?: readonly ObjectName[];
  /** The whole `create trigger` of each engine. */
  readonly create: Readonly<Record<string, string>>;
}

/**
 * A trigger of a table, in the words of each engine.
 *
 * @example
 * ```ts
 * export const stamp = trigger('stamp', orders, {
 *   create: { sqlite: 'create trigger stamp after insert on orders begin update counter set n = n + 1; end' },
 * });
 * ```
 */
export function trigger(name: string, table: TableLike, { create, requires }: TriggerOptions): RawDefinition {
  const on = tableName(table);
  const identity = on.namespace === undefined ? { name } : { namespace: on.namespace, name };
  const drop = forEnginesOf(create, {
    postgresql: `drop trigger ${doubleQuoted({ name })} on ${doubleQuoted(on)}`,
    mysql: `drop trigger ${backquoted(identity)}`,
    mariadb: `drop trigger ${backquoted(identity)}`,
    sqlite: `drop trigger ${doubleQuoted(identity)}`,
  });
  return rawObject({
    type: 'trigger',
    ...identity,
    table: on.name,
    create,
    drop,
    ...replacing(create),
    ...(requires === undefined ? {} : { requires }),
  });
}
