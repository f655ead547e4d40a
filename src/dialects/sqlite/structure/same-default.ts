import { isWord, tokenize, unquote, type Token } from '../inspect/tokens.ts';
import type { Affinity } from '../types/affinity.ts';
import { canonicalExpression } from './canonical-text.ts';

/** Do two defaults give a column the same value? Absent is null. */
export function isSameDefault(one: string | undefined, other: string | undefined, affinity: Affinity): boolean {
  return storedDefault(one, affinity) === storedDefault(other, affinity);
}

/** A constant as it is stored, or the expression in one spelling. */
function storedDefault(text: string | undefined, affinity: Affinity): string {
  if (text === undefined) return 'null';
  const tokens = tokenize(text.replace(/^\(([^()]*)\)$/, '$1'));
  return constant(tokens, affinity) ?? canonicalExpression(text);
}

const wholeOrFraction = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i;

function constant(tokens: readonly Token[], affinity: Affinity): string | undefined {
  const isSigned = isWord(tokens[0], '-') || isWord(tokens[0], '+');
  const [token, ...more] = isSigned ? tokens.slice(1) : tokens;
  if (token === undefined || more.length > 0) return undefined;
  if (token.kind === 'number') return numberText(isWord(tokens[0], '-') ? `-${token.text}` : token.text, affinity);
  if (isSigned) return undefined;
  if (isWord(token, 'true')) return '1';
  if (isWord(token, 'false')) return '0';
  if (token.kind !== 'string') return undefined;
  const value = unquote(token);
  const isNumber = affinity !== 'text' && affinity !== 'blob' && wholeOrFraction.test(value);
  return isNumber ? numberText(value, affinity) : `'${value.replaceAll("'", "''")}'`;
}

/** A column of text keeps a number as text, one of no affinity keeps 1.0 apart from 1. */
function numberText(text: string, affinity: Affinity): string {
  switch (affinity) {
    case 'text':
      return `'${text}'`;
    case 'blob':
      return text;
    case 'integer':
    case 'real':
    case 'numeric':
      return String(Number(text));
  }
}
