/**
 * Options that only some engines know, by name: `{ strict: true }`, `{ fillfactor: 70 }`. An absent option has the
 * engine's default; an engine that does not know a name refuses it.
 */
export type EngineOptions = Readonly<Record<string, string | number | boolean>>;
