import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** The error of something the server has not: which object asks for it, and what to do instead. */
export function refuse(object: ObjectName, member: string | undefined, reason: string, hint: string): RowhouseError {
  const name = member === undefined ? displayName(object) : `${displayName(object)}.${member}`;
  return new RowhouseError('CAPABILITY_MISSING', `${name}: ${reason}`, {
    details: { table: displayName(object), ...(member === undefined ? {} : { member }) },
    hint,
  });
}

/** Refuses names the server would not take: too long, or in a database of their own. */
export function refuseName(object: ObjectName, member?: string): void {
  const name = member ?? object.name;
  if (name.length > 64 && Array.from(name).length > 64)
    throw refuse(object, member, 'the name is longer than 64 characters', 'give it a shorter name');
  if (member === undefined && object.namespace !== undefined)
    throw refuse(object, undefined, 'there are no namespaces inside a database here', 'leave the namespace out');
}

/**
 * Refuses characters beyond U+FFFF where the server's own catalog keeps them as `?`: in comments, in the values of an
 * enum, in plain defaults.
 */
export function refuseSupplementary(object: ObjectName, member: string | undefined, texts: readonly string[]): void {
  if (texts.some((text) => /[\u{10000}-\u{10FFFF}]/u.test(text)))
    throw refuse(
      object,
      member,
      'the server keeps no characters beyond U+FFFF in comments, enum values and defaults',
      'leave emoji and other such characters out',
    );
}
