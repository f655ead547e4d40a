import type { Expression, ExpressionPart } from '../../../catalog/model/expression.ts';

/**
 * The expression in parts that every engine prints in its own way, if it is one of the few that mean the same on all:
 * comparisons of columns and constants, joined by and, or, not, in, between, is null. Undefined for any other.
 */
export function portableExpression(expression: Expression, columns: readonly string[]): Expression | undefined {
  const parts: ExpressionPart[] = [];
  for (const part of expression.parts) {
    const portable = part.kind === 'text' ? portableText(part.text, columns) : [part];
    if (portable === undefined) return undefined;
    parts.push(...portable);
  }
  return parts.length === 0 ? undefined : { parts };
}

const token =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|'(?<text>(?:[^'\\]|'')*)'|"(?<double>[^"]+)"|`(?<back>[^`]+)`|(?<word>[A-Za-z_][\w$]*)|(?<sign><>|!=|<=|>=|[=<>(),]))\s*/y;

const words: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'between', 'is', 'null', 'true', 'false']);

function portableText(text: string, columns: readonly string[]): readonly ExpressionPart[] | undefined {
  const parts: ExpressionPart[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const groups = token.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const part = portablePart(groups, columns);
    if (part === undefined) return undefined;
    parts.push(part, { kind: 'text', text: ' ' });
  }
  return parts;
}

function portablePart(
  groups: Readonly<Record<string, string | undefined>>,
  columns: readonly string[],
): ExpressionPart | undefined {
  const { number, text, double, back, word, sign } = groups;
  if (text !== undefined) return { kind: 'literal', value: text.replaceAll("''", "'") };
  if (number !== undefined || sign !== undefined) return { kind: 'text', text: number ?? sign ?? '' };
  const name = double ?? back ?? word ?? '';
  if (columns.includes(name)) return { kind: 'name', name };
  // A word in quotes that is no column may be a text to one engine and an error to another.
  return word !== undefined && words.has(word.toLowerCase()) ? { kind: 'text', text: word.toLowerCase() } : undefined;
}
