import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { Dialect } from '../../dialect/dialect.ts';

/** The table's quoted name with its namespace. */
export function tablePath({ namespace, name }: ObjectName, { text }: Dialect): string {
  return namespace === undefined ? text.name(name) : `${text.name(namespace)}.${text.name(name)}`;
}
