/** The commands for migrations under the names that other tools give them. */
const ours: Readonly<Record<string, readonly string[]>> = {
  'make-migrations': ['revision', '--autogenerate'],
  upgrade: ['up'],
  downgrade: ['down'],
  current: ['current'],
  history: ['history'],
  stamp: ['stamp'],
};

/** What can be said in other words: `database upgrade` and so on. */
export const otherWords: readonly string[] = Object.keys(ours).map((name) => `database ${name}`);

/** A command line in our own words: `database upgrade +1` is `up +1`. Any other line is given back as it is. */
export function inOurWords(words: readonly string[]): readonly string[] {
  const [family, name = '', ...rest] = words;
  const found = family === 'database' && Object.hasOwn(ours, name) ? ours[name] : undefined;
  return found === undefined ? words : [...found, ...rest];
}
