import { RowhouseError } from '../errors/rowhouse-error.ts';

/** A value of a setting together with where it was said. */
export interface Given<T> {
  readonly value: T;
  readonly source: Source;
}

/** Where a setting was said: in a variable, in a well-known file, or nowhere. */
export type Source =
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly file?: string | undefined;
      /** What said something else and lost. */
      readonly over?: readonly string[] | undefined;
    }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'default' };

/** The source of what nobody said. */
export const byDefault: Source = { kind: 'default' };

/** A source as a person reads it: `DB_HOST`, `DB_HOST (.env.production)`, `default`. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case 'variable':
      return source.file === undefined ? source.name : `${source.name} (${source.file})`;
    case 'file':
      return source.path;
    case 'default':
      return 'default';
  }
}

/**
 * The first of several answers to one question, once all of them say the same; undefined without any.
 * Neither answer is printed: one of them may be a secret.
 */
export function agreed<T>(
  about: string,
  answers: readonly (Given<T> | undefined)[],
  same: (left: T, right: T) => boolean = Object.is,
): Given<T> | undefined {
  const given = answers.filter((answer) => answer !== undefined);
  const [first] = given;
  const other = first && given.find((answer) => !same(first.value, answer.value));
  if (first && other) throw disagreement(about, first.source, other.source);
  return first;
}

/** The error for two sources that cannot both be right. */
export function disagreement(about: string, left: Source, right: Source): RowhouseError {
  const sources = [describeSource(left), describeSource(right)];
  return new RowhouseError('CONFIG_CONFLICT', `${sources.join(' and ')} disagree about the ${about}`, {
    details: { setting: about, sources },
    hint: 'remove one of them, or give both the same value',
  });
}
