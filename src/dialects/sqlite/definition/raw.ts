import type { RawSql } from '../../../catalog/change/change.ts';
import type { ObjectName } from '../../../catalog/model/object-name.ts';
import { refuse } from '../refuse.ts';
import { sqliteVariants } from './expression.ts';

/** SQL written by hand for SQLite, or for every engine. */
export function rawText(sql: RawSql, object: ObjectName): string {
  const text = sqliteVariants.map((variant) => sql[variant]).find((found) => found !== undefined) ?? sql['any'];
  if (text !== undefined) return text;
  throw refuse(object, undefined, 'there is no SQL text of it for sqlite', 'write one under the key `sqlite`');
}
