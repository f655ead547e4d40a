import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Answer } from '../reply.ts';
import { inputError } from '../problem/input-error.ts';
import { readPreconditions, type Preconditions } from '../request/preconditions.ts';
import { refuseQuery, requireBody } from '../request/request-body.ts';
import type { Exchange } from '../router/route.ts';
import { jsonPointer } from '../../util/json-pointer.ts';
import { isJsonObject } from '../wire/merge-patch.ts';
import { readInsert } from '../wire/read-body.ts';
import { readKey } from '../wire/row-key.ts';
import { alreadyThere } from './create-row.ts';
import type { Resource } from './resource.ts';
import { findKeyAtPath } from './row-at-path.ts';
import { rowResponse } from './row-response.ts';
import { checkMatch, requireMatch } from './row-version.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Puts a row at its key: adds it, or replaces the one that is there. A property that may be null and is left out is null
 * then; one with a default keeps its value.
 */
export async function replaceRow(exchange: Exchange, resource: Resource): Promise<Answer> {
  refuseQuery(exchange);
  const named = readKey(exchange.parameters, resource.key);
  const input = readInsert(withKey(requireBody(await exchange.json()), named, resource), resource.fields);
  const conditions = readPreconditions(exchange);
  try {
    return await putRow(exchange, resource, input, conditions);
  } catch (error) {
    // Somebody else may have added the row in between: then it is there now, and is replaced.
    if (!RowhouseError.has(error, 'UNIQUE_VIOLATION')) throw error;
    return await putRow(exchange, resource, input, conditions);
  }
}

async function putRow(
  exchange: Exchange,
  resource: Resource,
  input: Values,
  conditions: Preconditions,
): Promise<Answer> {
  return await exchange.write(
    async (transaction) => {
      const rows = resource.service.on(transaction, exchange.repository);
      const key = await findKeyAtPath(exchange, resource, transaction);
      const current = key === undefined ? undefined : await rows.find(key);
      if (key === undefined || current === undefined) {
        if (conditions.ifMatch !== undefined) throw notThere();
        return rowResponse(201, await rows.create(input), resource, { location: exchange.path });
      }
      if (conditions.ifNoneMatch === '*') throw alreadyThere();
      requireMatch(resource, conditions);
      checkMatch(current, resource, conditions);
      return rowResponse(200, await rows.update(key, replacement(input, resource)), resource);
    },
    { isolation: 'serializable' },
  );
}

/** The body with the key of the path, which it may repeat and must not contradict. */
function withKey(body: unknown, named: Values, { key }: Resource): unknown {
  if (!isJsonObject(body)) return body;
  const inPath = Object.fromEntries(key.map((field) => [field.key, field.wire.toWire(named[field.key])]));
  const wrong = Object.keys(inPath).filter((name) => Object.hasOwn(body, name) && body[name] !== inPath[name]);
  if (wrong.length === 0) return { ...body, ...inPath };
  throw inputError(
    'VALUE_INVALID',
    'the body has another key than the path',
    wrong.map((name) => ({ pointer: jsonPointer([name]), detail: 'must be as in the path' })),
  );
}

function replacement(input: Values, { fields, primaryKey, key: named }: Resource): Values {
  const keys = new Set([...primaryKey, ...named].map(({ key }) => key));
  const writable = fields.filter(({ key, updatable }) => updatable && !keys.has(key));
  return Object.fromEntries(
    writable.flatMap(({ key, nullable, shown }): [string, unknown][] => {
      if (Object.hasOwn(input, key)) return [[key, input[key]]];
      return nullable && shown ? [[key, null]] : [];
    }),
  );
}

function notThere(): RowhouseError {
  return new RowhouseError('PRECONDITION_FAILED', 'there is no such row, and If-Match expects one');
}
