import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { RawObject } from '../../catalog/model/raw-object.ts';
import { rawObject, type RawDefinition } from '../raw-object.ts';
import { forEnginesOf, replacing } from './replacing.ts';
import { backquoted, doubleQuoted } from './sql-text.ts';

export interface SqlFunctionOptions {
  readonly namespace?: string;
  /** `procedure` for one that is called rather than used in an expression. */
  readonly type?: 'function' | 'procedure';
  /** The types of its arguments, where several functions share the name: `'integer, text'`. */
  readonly arguments?: string;
  /** `before-tables` when a default, a check or a generated column uses it. */
  readonly stage?: RawObject['stage'];
  readonly requires?: readonly ObjectName[];
  /** The whole `create function` of each engine; `create or replace` where the engine has it. */
  readonly create: Readonly<Record<string, string>>;
}

/**
 * A function or procedure in the words of each engine.
 *
 * @example
 * ```ts
 * export const half = sqlFunction('half', {
 *   arguments: 'integer',
 *   create: { postgresql: 'create or replace function half(n integer) returns integer language sql as $$ select n / 2 $$' },
 * });
 * ```
 */
export function sqlFunction(name: string, options: SqlFunctionOptions): RawDefinition {
  const { type = 'function', arguments: types, create, ...said } = options;
  const identity = said.namespace === undefined ? { name } : { namespace: said.namespace, name };
  const standard = `drop ${type} ${doubleQuoted(identity)}${types === undefined ? '' : `(${types})`}`;
  const drop = forEnginesOf(create, {
    postgresql: standard,
    mysql: `drop ${type} ${backquoted(identity)}`,
    mariadb: `drop ${type} ${backquoted(identity)}`,
  });
  return rawObject({ type, name, ...said, create, drop, ...replacing(create) });
}
