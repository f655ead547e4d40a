import type { Expression } from '../../catalog/model/expression.ts';
import type { ObjectName } from '../../catalog/model/object-name.ts';
import type { SqlFragment } from '../../sql/sql.ts';
import { toExpression } from '../table/expression.ts';

/** A name in double quotes, with its namespace: PostgreSQL and SQLite. */
export function doubleQuoted({ namespace, name }: ObjectName): string {
  return [namespace, name].flatMap((part) => (part === undefined ? [] : `"${part.replaceAll('"', '""')}"`)).join('.');
}

/** A name in backquotes, with its namespace: MySQL and MariaDB. */
export function backquoted({ namespace, name }: ObjectName): string {
  return [namespace, name].flatMap((part) => (part === undefined ? [] : `\`${part.replaceAll('`', '``')}\``)).join('.');
}

/** A fragment as text in standard SQL: names in double quotes, strings in single ones. */
export function standardSql(fragment: SqlFragment): string {
  return toExpression(fragment)
    .parts.map((part) => partText(part))
    .join('');
}

function partText(part: Expression['parts'][number]): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'name':
      return doubleQuoted(part);
    case 'literal':
      return typeof part.value === 'string' ? quotedString(part.value) : String(part.value);
  }
}

/** A string constant in standard SQL. */
export function quotedString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
