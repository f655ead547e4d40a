import { noContent, type Answer } from '../reply.ts';
import { readPreconditions } from '../request/preconditions.ts';
import { refuseQuery } from '../request/request-body.ts';
import type { Exchange } from '../router/route.ts';
import type { Resource } from './resource.ts';
import { keyAtPath } from './row-at-path.ts';
import { checkMatch, requireMatch, versionMeant } from './row-version.ts';
import { writeAtPath } from './write-alone.ts';

/** Deletes one row. */
export async function deleteRow(exchange: Exchange, resource: Resource): Promise<Answer> {
  refuseQuery(exchange);
  const conditions = readPreconditions(exchange);
  requireMatch(resource, conditions);
  const version = versionMeant(resource, conditions);
  if (typeof conditions.ifMatch !== 'object' || version !== undefined)
    return await writeAtPath(exchange, resource, 'delete', async (rows, key) => {
      await rows.delete(key, { version });
      return noContent();
    });
  return await exchange.write(
    async (transaction) => {
      const rows = resource.service.on(transaction, exchange.repository);
      const key = await keyAtPath(exchange, resource, transaction);
      checkMatch(await rows.get(key), resource, conditions);
      await rows.delete(key);
      return noContent();
    },
    { isolation: 'serializable' },
  );
}
