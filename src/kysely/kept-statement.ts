import { createHash } from 'node:crypto';
import type { Session } from '../database/session.ts';
import { fence } from '../database/tenant/fenced-statement.ts';
import type { Statement } from '../driver/connection.ts';
import type { PreparedQuery } from './prepared-query.ts';

/** Texts that are kept: a list in a query makes one text for each of its lengths, so a bound is needed. */
const capacity = 1_000;

const statements = new Map<string, Statement>();

/** The statement of a text under a name made of it, so that connections keep it prepared; the same object each time. */
export function keptStatement(sql: string, { output, fencedFor }: PreparedQuery, session: Session): Statement {
  const isFenced = fencedFor !== undefined && fencedFor === session.tenant?.value;
  const bigintRows = output.columns.some(({ field }) => field?.type.kind === 'bigint');
  const key = `${String(bigintRows)} ${String(isFenced)} ${sql}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  const [oldest] = statements.keys();
  if (oldest !== undefined && statements.size >= capacity) statements.delete(oldest);
  const name = `rk_${createHash('sha256').update(sql).digest('hex').slice(0, 20)}`;
  const statement = bigintRows ? { sql, name, bigintRows } : { sql, name };
  if (isFenced) fence(statement);
  statements.set(key, statement);
  return statement;
}
