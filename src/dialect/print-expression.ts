import type { Expression, ExpressionPart } from '../catalog/model/expression.ts';
import type { SqlText } from './sql-text.ts';

/** The SQL of an expression on one engine: the first of its `variants` that the expression has, else its parts. */
export function printExpression(expression: Expression, text: SqlText, variants: readonly string[]): string {
  const written = variants.find((variant) => expression.variants?.[variant] !== undefined);
  const parts = (written === undefined ? undefined : expression.variants?.[written]) ?? expression.parts;
  return parts.map((part) => printPart(part, text)).join('');
}

function printPart(part: ExpressionPart, text: SqlText): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'name':
      return text.name(part.name);
    case 'literal':
      return text.literal(part.value);
  }
}
