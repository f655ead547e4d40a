import { refuseQuery, requireBody } from '../request/request-body.ts';
import { readPreconditions } from '../request/preconditions.ts';
import { mediaType } from '../request/read-json.ts';
import type { Exchange } from '../router/route.ts';
import { readKey } from '../wire/row-key.ts';
import type { Resource } from './resource.ts';
import { patchTypes, readChange } from './row-change.ts';
import { rowResponse } from './row-response.ts';
import { checkMatch, requireMatch, versionMeant } from './row-version.ts';

type Values = Readonly<Record<string, unknown>>;

/** Changes one row as its body's media type says. */
export async function updateRow(exchange: Exchange, resource: Resource): Promise<Response> {
  refuseQuery(exchange);
  const key = readKey(exchange.parameters, resource.primaryKey);
  const conditions = readPreconditions(exchange.request);
  requireMatch(resource, conditions);
  const change = readChange(await requireBody(exchange, patchTypes), mediaType(exchange.request), resource);
  const meant = versionMeant(resource, conditions);
  const isPlain = change.kind === 'values' && (typeof conditions.ifMatch !== 'object' || meant !== undefined);
  const withVersion = (values: Values): Values =>
    resource.version === undefined || meant === undefined ? values : { ...values, [resource.version.key]: meant };
  return await exchange.write(
    async (transaction) => {
      const rows = resource.service.on(transaction, exchange.repository);
      if (isPlain) return rowResponse(200, await rows.update(key, withVersion(change.values)), resource);
      const current = await rows.get(key);
      checkMatch(current, resource, conditions);
      const values = change.kind === 'values' ? change.values : change.from(current);
      return rowResponse(200, await rows.update(key, values), resource);
    },
    // Reading the row and writing it back: serializable, so that no other writer comes between.
    isPlain ? {} : { isolation: 'serializable' },
  );
}
