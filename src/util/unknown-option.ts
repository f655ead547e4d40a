import { nearWord } from './near-word.ts';

/** The names of a call's options, each of them: one that is left out here does not compile. */
export function optionNames<Options>(names: Readonly<Record<keyof Options, true>>): ReadonlySet<string> {
  return new Set(Object.keys(names));
}

/**
 * The first option that says something and is not known: mistyped, it would be left out without a word. Every call of a
 * repository passes here, so nothing is allocated.
 */
export function findUnknownOption(options: object | undefined, known: ReadonlySet<string>): string | undefined {
  for (const name in options) {
    if (!known.has(name) && options[name as keyof typeof options] !== undefined) return name;
  }
  return undefined;
}

/** What to write instead: `did you mean where? the options are where, limit`. */
export function optionHint(unknown: string, known: ReadonlySet<string>): string {
  const names = [...known];
  const near = nearWord(unknown, names);
  return `${near === undefined ? '' : `did you mean ${near}? `}the options are ${names.join(', ')}`;
}
