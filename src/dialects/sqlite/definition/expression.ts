import type { Expression } from '../../../catalog/model/expression.ts';
import { printExpression } from '../../../dialect/print-expression.ts';
import { sqliteText } from '../text.ts';

/** The keys of SQL text written for SQLite. */
export const sqliteVariants: readonly string[] = ['sqlite'];

export function expressionText(expression: Expression): string {
  return printExpression(expression, sqliteText, sqliteVariants);
}

/** Does the SQL of this expression name the column? Reads too much into a string rather than too little into a name. */
export function namesColumn(expression: Expression, column: string): boolean {
  const text = expressionText(expression).toLowerCase();
  const name = column.toLowerCase();
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!isNameSign(text[at - 1]) && !isNameSign(text[at + name.length])) return true;
  }
  return false;
}

function isNameSign(sign: string | undefined): boolean {
  return sign !== undefined && /[a-z0-9_$\u0080-\uffff]/.test(sign);
}
