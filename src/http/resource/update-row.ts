import type { Answer } from '../reply.ts';
import { refuseQuery, requireBody } from '../request/request-body.ts';
import { readPreconditions } from '../request/preconditions.ts';
import { mediaType } from '../request/read-json.ts';
import type { Exchange } from '../router/route.ts';
import type { Resource } from './resource.ts';
import { patchTypes, readChange, valuesFor } from './row-change.ts';
import { keyAtPath } from './row-at-path.ts';
import { rowResponse } from './row-response.ts';
import { checkMatch, requireMatch, versionMeant } from './row-version.ts';
import { writeAtPath } from './write-alone.ts';

type Values = Readonly<Record<string, unknown>>;

/** Changes one row as its body's media type says. */
export async function updateRow(exchange: Exchange, resource: Resource): Promise<Answer> {
  refuseQuery(exchange);
  const conditions = readPreconditions(exchange);
  requireMatch(resource, conditions);
  const change = readChange(requireBody(await exchange.json(patchTypes)), mediaType(exchange), resource);
  const meant = versionMeant(resource, conditions);
  const isPlain = change.kind === 'values' && (typeof conditions.ifMatch !== 'object' || meant !== undefined);
  const withVersion = (values: Values): Values =>
    resource.version === undefined || meant === undefined ? values : { ...values, [resource.version.key]: meant };
  if (isPlain)
    return await writeAtPath(exchange, resource, 'update', async (rows, key) => {
      return rowResponse(200, await rows.update(key, withVersion(change.values)), resource);
    });
  return await exchange.write(
    async (transaction) => {
      const rows = resource.service.on(transaction, exchange.repository);
      const key = await keyAtPath(exchange, resource, transaction);
      const current = await rows.get(key);
      checkMatch(current, resource, conditions);
      return rowResponse(200, await rows.update(key, valuesFor(change, current)), resource);
    },
    // Reading the row and writing it back: serializable, so that no other writer comes between.
    { isolation: 'serializable' },
  );
}
