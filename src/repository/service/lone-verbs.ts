/** What needs the table alone, in one statement and so without a transaction, where nothing else takes part. */
export type LoneVerb = 'read' | 'create' | 'update' | 'delete';

/** What may take part in them; what matters is whether it is there. */
interface Participants {
  readonly beforeRead?: unknown;
  readonly afterRead?: unknown;
  readonly beforeCreate?: unknown;
  readonly afterCreate?: unknown;
  readonly beforeUpdate?: unknown;
  readonly afterUpdate?: unknown;
  readonly beforeDelete?: unknown;
  readonly afterDelete?: unknown;
  readonly events?: unknown;
  readonly takes?: unknown;
  readonly validate?: { readonly create?: unknown; readonly update?: unknown } | undefined;
}

/** The verbs of a service in which neither a hook nor a schema of the user takes part. */
export function loneVerbs(service: Participants): ReadonlySet<LoneVerb> {
  const { events, takes, validate = {} } = service;
  const others: Readonly<Record<LoneVerb, readonly unknown[]>> = {
    read: [service.beforeRead, service.afterRead],
    create: [service.beforeCreate, service.afterCreate, events, takes, validate.create],
    update: [service.beforeUpdate, service.afterUpdate, events, takes, validate.update],
    delete: [service.beforeDelete, service.afterDelete, events],
  };
  const verbs = Object.keys(others) as LoneVerb[];
  return new Set(verbs.filter((verb) => others[verb].every((other) => other === undefined)));
}
