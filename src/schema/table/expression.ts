import type { Expression, ExpressionPart } from '../../catalog/model/expression.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { isColumnNamed, SqlFragment, SqlName } from '../../sql/sql.ts';

/** A fragment as part of a definition: names stay names, values become constants. */
export function toExpression(fragment: Pick<SqlFragment, 'texts' | 'inserts'>): Expression {
  return { parts: toParts(fragment) };
}

function toParts(fragment: Pick<SqlFragment, 'texts' | 'inserts'>): readonly ExpressionPart[] {
  return fragment.texts.flatMap((text, position) => [
    ...(text === '' ? [] : [{ kind: 'text' as const, text }]),
    ...(position < fragment.inserts.length ? insertParts(fragment.inserts[position]) : []),
  ]);
}

function insertParts(insert: unknown): readonly ExpressionPart[] {
  if (insert instanceof SqlFragment) return toParts(insert);
  if (isColumnNamed(insert)) return [{ kind: 'name', name: insert.columnName }];
  if (insert instanceof SqlName) return nameParts(insert);
  if (insert === null || typeof insert === 'string' || typeof insert === 'number' || typeof insert === 'boolean') {
    return [{ kind: 'literal', value: insert }];
  }
  throw new RowhouseError('SCHEMA_INVALID', `a ${typeof insert} cannot stand in a definition`, {
    hint: 'use a column, id(), a string, a number, a boolean or null',
  });
}

function nameParts({ path }: SqlName): readonly ExpressionPart[] {
  return path.flatMap((name, position) => [
    ...(position === 0 ? [] : [{ kind: 'text' as const, text: '.' }]),
    { kind: 'name' as const, name },
  ]);
}
