import type { Session } from '../../database/session.ts';
import { createRepository } from '../../repository/create-repository.ts';
import type { TableOf } from '../../schema/table/table.ts';
import type { Exchange } from '../router/route.ts';
import type { ErasedService, Resource } from './resource.ts';
import type { RowShape } from './row-shape.ts';

type Row = Readonly<Record<string, unknown>>;

/** What reads rows, with hooks or without. */
export type Reads = Pick<ReturnType<ErasedService['on']>, 'get' | 'list' | 'page' | 'count' | 'estimateCount'>;

/** Reads the rows of a resource: the table itself where no hook takes part, as the service would, for less. */
export function readsOf(session: Session, exchange: Exchange, { service }: Resource, { branches }: RowShape): Reads {
  if (branches.length > 0 || !service.alone.has('read')) return service.on(session, exchange.repository);
  return createRepository(service.table as TableOf<Row, Row, Row>, session, exchange.repository);
}
