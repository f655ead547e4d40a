import type { SqlFragment } from '../../sql/sql.ts';
import { rawObject, type RawDefinition } from '../raw-object.ts';
import { doubleQuoted, standardSql } from './sql-text.ts';

export interface DomainOptions {
  readonly namespace?: string;
  readonly notNull?: boolean;
  readonly default?: SqlFragment;
  /** What every value keeps; `value` stands for it. */
  readonly check?: SqlFragment;
}

/**
 * A type with a rule of its own, on PostgreSQL; columns use it as `native('email')`.
 *
 * @example
 * ```ts
 * export const email = domain('email', 'text', { check: sql`value like '%@%'` });
 * ```
 */
export function domain(name: string, type: string, options: DomainOptions = {}): RawDefinition {
  const { namespace, notNull, default: value, check } = options;
  const identity = namespace === undefined ? { name } : { namespace, name };
  const create = [
    `create domain ${doubleQuoted(identity)} as ${type}`,
    ...(value === undefined ? [] : [`default ${standardSql(value)}`]),
    ...(notNull === true ? ['not null'] : []),
    ...(check === undefined ? [] : [`check (${standardSql(check)})`]),
  ].join(' ');
  return rawObject({
    type: 'domain',
    ...identity,
    stage: 'before-tables',
    create: { postgresql: create },
    drop: { postgresql: `drop domain ${doubleQuoted(identity)}` },
  });
}
