import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { Exchange } from '../router/route.ts';
import type { TableOf } from '../../schema/table/table.ts';
import { keyValues, readKey } from '../wire/row-key.ts';
import type { Resource } from './resource.ts';

type Values = Readonly<Record<string, unknown>>;

/** Is the primary key what paths name rows by? Else a row must be found before it is written. */
export function isAtPrimaryKey({ key, primaryKey }: Resource): boolean {
  return key === primaryKey;
}

/** The primary key of the row that the path names; undefined without such a row where it is named by another key. */
export async function findKeyAtPath(
  { parameters }: Pick<Exchange, 'parameters'>,
  resource: Resource,
  session: Session,
): Promise<Values | undefined> {
  const named = readKey(parameters, resource.key);
  if (isAtPrimaryKey(resource)) return named;
  // The service's hooks are about what callers see; this is for finding it.
  const found = await createRepository(resource.service.table as TableOf<Values, Values, Values>, session).findBy(
    named,
  );
  return found === undefined ? undefined : keyValues(found, resource.primaryKey);
}

/** Likewise; `ROW_NOT_FOUND` without such a row. */
export async function keyAtPath(
  exchange: Pick<Exchange, 'parameters'>,
  resource: Resource,
  session: Session,
): Promise<Values> {
  const key = await findKeyAtPath(exchange, resource, session);
  if (key === undefined) throw new RowhouseError('ROW_NOT_FOUND', 'there is no such row');
  return key;
}
