import { foldName } from './fold-name.ts';

/** The name that a table has while it is made anew: `taken` are the lower-case names of what is there. */
export function temporaryName(table: string, taken: ReadonlySet<string>): string {
  const name = `${table}_rowhouse_new`;
  for (let number = 2, free = name; ; number++) {
    if (!taken.has(foldName(free))) return free;
    free = `${name}_${number}`;
  }
}
