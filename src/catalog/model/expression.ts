/**
 * A piece of SQL inside a definition: a default, a check, an index key, the query of a view.
 * Authored text is a list of parts, so that each engine quotes names and literals in its own way. What an engine reports
 * is one `text` part. `variants` replaces the parts on the engines it names (`postgresql`, `mysql`, `mariadb`, `sqlite`).
 */
export interface Expression {
  readonly parts: readonly ExpressionPart[];
  readonly variants?: Readonly<Record<string, readonly ExpressionPart[]>>;
}

export type ExpressionPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: LiteralValue };

/** A constant that JSON can carry. Bigints and decimals are written as strings by the column's own rules. */
export type LiteralValue = string | number | boolean | null;

/** The expression that is exactly this SQL text. */
export function textExpression(text: string): Expression {
  return { parts: [{ kind: 'text', text }] };
}
