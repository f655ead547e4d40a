import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import type { LiteralValue } from '../../catalog/model/expression.ts';
import type { SqlText } from '../../dialect/sql-text.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { postgresScript } from './script-syntax.ts';
import { postgresTraits } from './traits.ts';

/** How PostgreSQL spells names, placeholders and constants. */
export const postgresText: SqlText = {
  name(name: string): string {
    return `"${name.replaceAll('"', '""')}"`;
  },
  placeholder(position: number): string {
    return `$${position}`;
  },
  literal(value: LiteralValue): string {
    return typeof value === 'string' ? quoteString(value) : String(value);
  },
  script: postgresScript,
};

/** A name with its namespace, both quoted. */
export function qualified(object: ObjectName): string {
  const name = postgresText.name(object.name);
  return object.namespace === undefined ? name : `${postgresText.name(object.namespace)}.${name}`;
}

export function nameList(names: readonly string[]): string {
  return names.map((name) => postgresText.name(name)).join(', ');
}

/** The quoted name of something to be made: the server would cut a longer one and say nothing but a notice. */
export function newName(name: string): string {
  const { length } = postgresTraits.identifierLimit;
  if (Buffer.byteLength(name) <= length) return postgresText.name(name);
  throw new RowhouseError('CAPABILITY_MISSING', `the name ${name} is longer than ${length} bytes`, {
    details: { name, limit: length },
    hint: 'give it a shorter name',
  });
}

/** Like `qualified`, for something to be made. */
export function newQualified(object: ObjectName): string {
  const name = newName(object.name);
  return object.namespace === undefined ? name : `${newName(object.namespace)}.${name}`;
}

/** `E''` means the same whatever `standard_conforming_strings` says. */
function quoteString(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** The error of something that the engine has not, naming the object and what to do instead. */
export function capabilityMissing(object: ObjectName | string, lacks: string, hint: string): RowhouseError {
  const name = typeof object === 'string' ? object : displayName(object);
  return new RowhouseError('CAPABILITY_MISSING', `${name}: ${lacks}`, { details: { object: name }, hint });
}
