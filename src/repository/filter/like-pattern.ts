/** The operators whose text means itself, and those whose text is a pattern. */
export type TextOperator = 'like' | 'ilike' | 'contains' | 'startsWith' | 'endsWith';

/** The value of a text operator as a LIKE pattern; `%` and `_` in it mean themselves, except for `like` and `ilike`. */
export function likePattern(operator: TextOperator, value: string): string {
  switch (operator) {
    case 'like':
    case 'ilike':
      return value;
    case 'contains':
      return `%${escapeLike(value)}%`;
    case 'startsWith':
      return `${escapeLike(value)}%`;
    case 'endsWith':
      return `%${escapeLike(value)}`;
  }
}

/** Text as a LIKE pattern that matches exactly this text. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
