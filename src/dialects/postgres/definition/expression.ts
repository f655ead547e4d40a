import type { Expression } from '../../../catalog/model/expression.ts';
import { printExpression } from '../../../dialect/print-expression.ts';
import { postgresText } from '../text.ts';

/** The keys of SQL text written for PostgreSQL. */
export const postgresVariants: readonly string[] = ['postgresql'];

export function expressionText(expression: Expression): string {
  return printExpression(expression, postgresText, postgresVariants);
}
