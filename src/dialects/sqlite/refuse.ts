import { displayName, type ObjectName } from '../../catalog/model/object-name.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** The error of something SQLite has not: which object asks for it, and what to do instead. */
export function refuse(object: ObjectName, member: string | undefined, lacks: string, hint: string): RowhouseError {
  return refusal('CAPABILITY_MISSING', object, member, lacks, hint);
}

/** The error of a change that SQLite cannot make to a table that stands. */
export function refuseChange(table: ObjectName, member: string, reason: string, hint: string): RowhouseError {
  return refusal('CHANGE_UNSUPPORTED', table, member, reason, hint);
}

/** Refuses names SQLite would not take: in a namespace, or among those it keeps to itself. */
export function refuseName(object: ObjectName, member?: string): void {
  if (object.namespace !== undefined)
    throw refuse(object, member, 'sqlite has no namespaces', 'leave the namespace out');
  if ((member ?? object.name).toLowerCase().startsWith('sqlite_'))
    throw refuse(object, member, 'sqlite keeps names that start with sqlite_ to itself', 'choose another name');
}

function refusal(
  code: 'CAPABILITY_MISSING' | 'CHANGE_UNSUPPORTED',
  object: ObjectName,
  member: string | undefined,
  reason: string,
  hint: string,
): RowhouseError {
  const table = displayName(object);
  const name = member === undefined ? table : `${table}.${member}`;
  return new RowhouseError(code, `${name}: ${reason}`, {
    details: { table, ...(member === undefined ? {} : { member }) },
    hint,
  });
}
