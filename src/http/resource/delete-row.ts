import { readPreconditions } from '../request/preconditions.ts';
import { refuseQuery } from '../request/request-body.ts';
import type { Exchange } from '../router/route.ts';
import { readKey } from '../wire/row-key.ts';
import type { Resource } from './resource.ts';
import { checkMatch, requireMatch, versionMeant } from './row-version.ts';

/** Deletes one row. */
export async function deleteRow(exchange: Exchange, resource: Resource): Promise<Response> {
  refuseQuery(exchange);
  const key = readKey(exchange.parameters, resource.primaryKey);
  const conditions = readPreconditions(exchange.request);
  requireMatch(resource, conditions);
  const version = versionMeant(resource, conditions);
  const isPlain = typeof conditions.ifMatch !== 'object' || version !== undefined;
  return await exchange.write(
    async (transaction) => {
      const rows = resource.service.on(transaction, exchange.repository);
      if (!isPlain) checkMatch(await rows.get(key), resource, conditions);
      await rows.delete(key, { version });
      return new Response(null, { status: 204 });
    },
    isPlain ? {} : { isolation: 'serializable' },
  );
}
