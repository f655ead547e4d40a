/** The name of a table, view, enum or sequence. Without a namespace it lives in the connection's default one. */
export interface ObjectName {
  readonly namespace?: string;
  readonly name: string;
}

/** The name as one string, for messages and map keys: `billing.invoice`, or `invoice` in the default namespace. */
export function displayName(object: ObjectName): string {
  return object.namespace === undefined ? object.name : `${object.namespace}.${object.name}`;
}

/** The same text for the same name only: a key for maps. */
export function nameKey({ namespace, name }: ObjectName): string {
  return namespace === undefined ? name : `${namespace}\u0000${name}`;
}

export function sameName(a: ObjectName, b: ObjectName): boolean {
  return a.name === b.name && a.namespace === b.namespace;
}
