/** What the server does with the rows when a column's type changes. */
export type TypeChangeCost = 'free' | 'free-in-utc' | 'rewrite';

/**
 * What changing `from` to `to` costs; both as `format_type` prints them. `free-in-utc`: nothing is rewritten if the
 * session's time zone is UTC, which is also what the values are then taken to mean.
 */
export function typeChangeCost(from: string, to: string): TypeChangeCost {
  const [before, after] = [parse(from), parse(to)];
  if (before.base === after.base) return isWider(before, after) ? 'free' : 'rewrite';
  if (isText(before.base) && after.base === 'text') return 'free';
  if (before.base === 'text' && after.base === 'varchar' && after.sizes.length === 0) return 'free';
  if (before.base === 'cidr' && after.base === 'inet') return 'free';
  const isClock = (base: string): boolean => base === 'timestamp' || base === 'timestamptz';
  if (isClock(before.base) && isClock(after.base)) {
    // digits of a second that are written down are computed anew, even when they are as many
    return after.sizes.length === 0 ? 'free-in-utc' : 'rewrite';
  }
  return 'rewrite';
}

interface ParsedType {
  readonly base: string;
  readonly sizes: readonly number[];
}

const otherNames: Readonly<Record<string, string>> = {
  'character varying': 'varchar',
  'bit varying': 'varbit',
  decimal: 'numeric',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
};

function parse(type: string): ParsedType {
  const match = /\((\d+)(?:,\s*(-?\d+))?\)/.exec(type);
  const base = type.replace(/\s*\([^)]*\)/, '').trim();
  return {
    base: otherNames[base] ?? base,
    sizes: (match?.slice(1) ?? []).flatMap((size) => (size ? [Number(size)] : [])),
  };
}

function isText(base: string): boolean {
  return base === 'varchar' || base === 'text';
}

/** The same type with room for all that fitted before. */
function isWider(from: ParsedType, to: ParsedType): boolean {
  const [before = Infinity, after = Infinity] = [from.sizes[0], to.sizes[0]];
  switch (from.base) {
    case 'varchar':
    case 'varbit':
      return after >= before;
    case 'numeric':
      return (
        to.sizes.length === 0 ||
        (after >= before && (from.sizes[1] ?? 0) === (to.sizes[1] ?? 0) && from.sizes.length > 0)
      );
    case 'timestamp':
    case 'timestamptz':
    case 'time':
    case 'timetz':
      return digits(to) >= digits(from);
  }
  return from.sizes.join() === to.sizes.join();
}

/** Six digits of a second is what a type has that does not say how many. */
function digits({ sizes: [first = 6] }: ParsedType): number {
  return first;
}
