const places = new WeakMap<object, number>();
let count = 0;

/** Remembers when a definition was made. A module's exports come sorted by name, and views must keep their order. */
export function placed<T extends object>(definition: T): T {
  places.set(definition, (count += 1));
  return definition;
}

/** The definitions in the order in which they were made. */
export function inOrderOfDefinition<T extends object>(definitions: readonly T[]): readonly T[] {
  return definitions.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}
