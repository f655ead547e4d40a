import type { Session } from '../../database/session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { createRepository, type RepositoryOptions } from '../../repository/create-repository.ts';
import type { LoneVerb } from '../../repository/service/lone-verbs.ts';
import type { TableOf } from '../../schema/table/table.ts';
import type { Answer } from '../reply.ts';
import type { Exchange } from '../router/route.ts';
import { readKey } from '../wire/row-key.ts';
import type { ErasedService, Resource } from './resource.ts';
import { isAtPrimaryKey, keyAtPath } from './row-at-path.ts';

type Row = Readonly<Record<string, unknown>>;
type Writes = Pick<ReturnType<ErasedService['on']>, 'create' | 'update' | 'delete'>;

/** A request that writes one row: its statement alone where no hook takes part, otherwise all in one transaction. */
export function writeAlone(
  exchange: Exchange,
  service: ErasedService,
  verb: LoneVerb,
  work: (rows: Writes) => Promise<Answer>,
): Promise<Answer> {
  const { repository: options } = exchange;
  if (!service.alone.has(verb)) return exchange.write((transaction) => work(service.on(transaction, options)));
  return exchange.writeOne((session) => work(writesOn(session, service, options)));
}

/** Likewise for the row that the path names, whose primary key it gives. */
export async function writeAtPath(
  exchange: Exchange,
  resource: Resource,
  verb: LoneVerb,
  work: (rows: Writes, key: Row) => Promise<Answer>,
): Promise<Answer> {
  const { service, primaryKey } = resource;
  if (isAtPrimaryKey(resource)) {
    const key = readKey(exchange.parameters, primaryKey);
    return await writeAlone(exchange, service, verb, (rows) => work(rows, key));
  }
  return await exchange.write(async (transaction) => {
    const key = await keyAtPath(exchange, resource, transaction);
    return await work(service.on(transaction, exchange.repository), key);
  });
}

function writesOn(session: Session, service: ErasedService, options: RepositoryOptions): Writes {
  if (session.inTransaction) return service.on(session, options);
  const rows = createRepository(service.table as TableOf<Row, Row, Row>, session, options);
  return {
    create: (input) => orEveryFault(rows.insert(input), () => service.on(session, options).create(input)),
    update: (key, change) =>
      orEveryFault(rows.update(key, change), () => service.on(session, options).update(key, change)),
    delete: (key, version) => rows.delete(key, version),
  };
}

/** A repository refuses the first value that cannot be written, and has written nothing: the service finds all of them. */
async function orEveryFault<T>(written: Promise<T>, checked: () => Promise<T>): Promise<T> {
  try {
    return await written;
  } catch (error) {
    if (!RowhouseError.has(error, 'VALUE_INVALID') && !RowhouseError.has(error, 'NOT_NULL_VIOLATION')) throw error;
    return await checked();
  }
}
