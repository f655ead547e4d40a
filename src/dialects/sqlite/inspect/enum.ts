import type { ParsedConstraint } from './parse-constraint.ts';
import { isWord, tokenize, unquote } from './tokens.ts';

/** The values that a check of ours, `"column" in ('a', 'b')`, allows; undefined for any other check. */
export function enumValues(constraint: ParsedConstraint, column: string): readonly string[] | undefined {
  if (constraint.kind !== 'check' || constraint.name?.endsWith('_enum') !== true) return undefined;
  const [name, operator, open, ...list] = tokenize(constraint.expression);
  if (name === undefined || unquote(name).toLowerCase() !== column.toLowerCase()) return undefined;
  if (!isWord(operator, 'in') || !isWord(open, '(') || !isWord(list.pop(), ')')) return undefined;
  const isList = list.every((token, at) => (at % 2 === 0 ? token.kind === 'string' : isWord(token, ',')));
  return isList ? list.filter((_, at) => at % 2 === 0).map(unquote) : undefined;
}
