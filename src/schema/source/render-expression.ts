import type { Expression, ExpressionPart } from '../../catalog/model/expression.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { renderText, templateText } from './render-value.ts';
import type { SourceContext } from './source-context.ts';

/** An expression as a `sql` template that means the same. */
export function renderExpression(expression: Expression, context: SourceContext): string {
  if (expression.variants !== undefined) {
    throw new RowhouseError('SCHEMA_INVALID', 'an expression with a variant for each engine has no source text', {
      hint: 'keep the schema file that defines it',
    });
  }
  return `${context.use('sql')}\`${expression.parts.map((part) => renderPart(part, context)).join('')}\``;
}

function renderPart(part: ExpressionPart, context: SourceContext): string {
  switch (part.kind) {
    case 'text':
      return templateText(part.text);
    case 'name':
      return `\${${context.use('id')}(${renderText(part.name)})}`;
    case 'literal':
      return `\${${typeof part.value === 'string' ? renderText(part.value) : String(part.value)}}`;
  }
}
