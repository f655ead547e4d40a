/** How the text of one setting is read, and what a person may write there. */
export interface ValueKind<T> {
  /** What is accepted, to stand after `is not`: `a whole number from 1 to 9`. */
  readonly words: string;
  /** Undefined when the text is not acceptable. */
  parse(text: string): T | undefined;
  /** The inverse of `parse`, for tables. */
  show(value: T): string;
}

export const text: ValueKind<string> = {
  words: 'a text that is not blank',
  parse: (given) => (given === '' ? undefined : given),
  show: (value) => value,
};

/** Several texts with commas between them. */
export const list: ValueKind<readonly string[]> = {
  words: 'a list with commas in it',
  parse: (given) => {
    const parts = given.split(',').map((part) => part.trim());
    return parts.includes('') ? undefined : parts;
  },
  show: (values) => values.join(','),
};

/** A name that may become part of a file's name: `.env.production`. */
export const plainName: ValueKind<string> = {
  words: 'a name of letters, digits, `_`, `-` and `.`',
  parse: (given) => (/^[A-Za-z0-9][\w.-]*$/.test(given) ? given : undefined),
  show: (value) => value,
};

export function integer(least: number, most: number): ValueKind<number> {
  return {
    words: `a whole number from ${least} to ${most}`,
    parse: (given) => within(/^\d+$/.test(given) ? Number(given) : NaN, least, most),
    show: String,
  };
}

/** Seconds on the outside, fractions welcome; milliseconds on the inside. */
export function seconds(least: number, most: number): ValueKind<number> {
  return {
    words: `a number of seconds from ${least} to ${most}`,
    parse: (given) =>
      within(/^\d+(\.\d+)?$/.test(given) ? Math.round(Number(given) * 1000) : NaN, least * 1000, most * 1000),
    show: (milliseconds) => String(milliseconds / 1000),
  };
}

export function milliseconds(least: number, most: number): ValueKind<number> {
  return { ...integer(least, most), words: `a whole number of milliseconds from ${least} to ${most}` };
}

/** One of some words, whatever their case; several words may mean one value. The first of them is shown. */
export function choice<T>(meanings: readonly (readonly [word: string, meaning: T])[]): ValueKind<T> {
  return {
    words: `one of ${meanings.map(([word]) => word).join(', ')}`,
    parse: (given) => meanings.find(([word]) => word === given.toLowerCase())?.[1],
    show: (value) => meanings.find(([, meaning]) => meaning === value)?.[0] ?? '',
  };
}

export const flag: ValueKind<boolean> = choice([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
  ['yes', true],
  ['no', false],
  ['on', true],
  ['off', false],
]);

function within(value: number, least: number, most: number): number | undefined {
  return value >= least && value <= most ? value : undefined;
}
