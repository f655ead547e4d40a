import type { LiteralValue } from '../../catalog/model/expression.ts';
import type { SqlText } from '../../dialect/sql-text.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { mysqlScript } from './script-syntax.ts';

/** Names in backticks, `?` for values. Text constants count on backslash escapes, which our sessions have on. */
export const mysqlText: SqlText = {
  name(name: string): string {
    return `\`${name.replaceAll('`', '``')}\``;
  },
  placeholder(): string {
    return '?';
  },
  literal(value: LiteralValue): string {
    if (value === null) return 'null';
    if (typeof value === 'boolean') return value ? 'true' : 'false';
    if (typeof value === 'number') return numberLiteral(value);
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  },
  script: mysqlScript,
};

/** An object's name with the name of its database in front, where it has one. */
export function qualifiedName({ namespace, name }: { readonly namespace?: string; readonly name: string }): string {
  return namespace === undefined ? mysqlText.name(name) : `${mysqlText.name(namespace)}.${mysqlText.name(name)}`;
}

function numberLiteral(value: number): string {
  if (Number.isFinite(value)) return String(value);
  throw new RowhouseError('VALUE_INVALID', 'a constant is not a finite number');
}
