/** Where a namespace definition keeps itself. */
export const namespaceDefinition: unique symbol = Symbol.for('rowhouse.namespace');

export interface NamespaceDefinition {
  readonly [namespaceDefinition]: string;
}

/** A namespace that exists although no table of the schema is in it. Those of tables and views need no mention. */
export function namespace(name: string): NamespaceDefinition {
  return { [namespaceDefinition]: name };
}
