/** The name, or the name and the first number from 1 that makes it one of its own; it is taken from then on. */
export function uniqueName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}
