import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Answer } from '../reply.ts';
import { constraintKeys } from '../problem/constraint-keys.ts';
import { faultsOf, inputError } from '../problem/input-error.ts';
import { problemText } from '../problem/problem-text.ts';
import { statusOf } from '../../errors/codes.ts';
import { json } from '../request/json-response.ts';
import { planTable } from '../../repository/table-plan.ts';
import { parsePredicate } from '../../repository/write/predicate.ts';
import { readPreferences } from '../request/preferences.ts';
import { requireBody } from '../request/request-body.ts';
import { mediaType } from '../request/read-json.ts';
import type { Exchange } from '../router/route.ts';
import { jsonPointer } from '../../util/json-pointer.ts';
import { readInsert } from '../wire/read-body.ts';
import { keyValues } from '../wire/row-key.ts';
import { writeRow } from '../wire/write-row.ts';
import { readWhere } from './list-request.ts';
import { createEach, deleteEach, updateEach, type Together } from './lenient-rows.ts';
import type { ErasedService, Resource } from './resource.ts';
import { patchTypes, readChange, valuesFor } from './row-change.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = ReturnType<ErasedService['on']>;

/** Adds the rows of a list: all or none, or each by itself with `handling=lenient`. */
export async function createRows(exchange: Exchange, resource: Resource, body: readonly unknown[]): Promise<Answer> {
  const { bulkMax, fields, service } = resource;
  if (body.length === 0 || body.length > bulkMax)
    throw inputError('REQUEST_INVALID', `the body must be a list of 1 to ${bulkMax} rows`, [
      { pointer: '#', detail: `takes 1 to ${bulkMax} rows` },
    ]);
  const { minimal, lenient } = readPreferences(exchange);
  if (lenient)
    return await exchange.write(async (transaction) => await createEach({ exchange, resource, transaction }, body));
  const inputs = readInserts(body, resource);
  return await exchange.write(async (transaction) => {
    const rows = service.on(transaction, exchange.repository);
    if (minimal) {
      await atPlace(undefined, resource, async () => await rows.createMany(inputs));
      return new Response(null, { status: 201, headers: { 'preference-applied': 'return=minimal' } });
    }
    const created: Row[] = [];
    for (const [at, input] of inputs.entries()) {
      created.push(await atPlace(at, resource, async () => await rows.create(input)));
    }
    return json(201, { items: created.map((row) => writeRow(row, fields)) });
  });
}

/** Changes every row that the filter finds: all or none, or each by itself with `handling=lenient`. */
export async function updateRows(exchange: Exchange, resource: Resource): Promise<Answer> {
  const where = requireWhere(exchange, resource);
  const change = readChange(requireBody(await exchange.json(patchTypes)), mediaType(exchange), resource);
  return await exchange.write(
    async (transaction) => {
      const rows = resource.service.on(transaction, exchange.repository);
      const affected = await affectedRows({ exchange, resource, transaction }, rows, where);
      if (readPreferences(exchange).lenient)
        return await updateEach({ exchange, resource, transaction }, affected, change);
      const items: Row[] = [];
      for (const row of affected) {
        const changed = await rows.update(keyValues(row, resource.primaryKey), valuesFor(change, row));
        items.push(writeRow(changed, resource.fields));
      }
      return json(200, { items });
    },
    { isolation: 'serializable' },
  );
}

/** Deletes every row that the filter finds: all or none, or each by itself with `handling=lenient`. */
export async function deleteRows(exchange: Exchange, resource: Resource): Promise<Answer> {
  const where = requireWhere(exchange, resource);
  return await exchange.write(
    async (transaction) => {
      const rows = resource.service.on(transaction, exchange.repository);
      const affected = await affectedRows({ exchange, resource, transaction }, rows, where);
      if (readPreferences(exchange).lenient) return await deleteEach({ exchange, resource, transaction }, affected);
      for (const row of affected) await rows.delete(keyValues(row, resource.primaryKey));
      return json(200, { count: affected.length });
    },
    { isolation: 'serializable' },
  );
}

/** The rows that the filter finds; `ROW_COUNT_UNEXPECTED` when they are more than the resource or the client allows. */
async function affectedRows(
  { exchange: { request }, resource: { bulkMax, primaryKey, service }, transaction }: Together,
  rows: Rows,
  where: object,
): Promise<readonly Row[]> {
  parsePredicate(where, planTable(service.table, transaction.dialect), transaction);
  const most = Math.min(bulkMax, readPreferences(request).maxAffected ?? bulkMax);
  const found = await rows.list({ where, order: primaryKey.map(({ key }) => key), limit: most + 1 });
  if (found.length <= most) return found;
  throw new RowhouseError('ROW_COUNT_UNEXPECTED', `the filter finds more than ${most} rows`, { details: { most } });
}

function requireWhere({ query }: Exchange, resource: Resource): object {
  const where = readWhere(query, resource);
  if (where !== undefined) return where;
  throw new RowhouseError('PREDICATE_REQUIRED', 'the query has no filter');
}

/** Everything that is wrong with any of the rows is said at once. */
function readInserts(body: readonly unknown[], { fields }: Resource): readonly Row[] {
  const inputs: Row[] = [];
  const faults = body.flatMap((item, at) => {
    try {
      inputs.push(readInsert(item, fields, [String(at)]));
      return [];
    } catch (error) {
      if (!RowhouseError.has(error, 'VALUE_INVALID')) throw error;
      return faultsOf(error);
    }
  });
  if (faults.length > 0) throw inputError('VALUE_INVALID', 'the body is not what the resource takes', faults);
  return inputs;
}

/** Says of a broken constraint which of the rows broke it; `#` where they are written at once. */
async function atPlace<T>(at: number | undefined, { table }: Resource, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const keys = error instanceof RowhouseError ? constraintKeys(error, table) : [];
    if (!(error instanceof RowhouseError) || keys.length === 0) throw error;
    const { detail } = problemText(error.code, statusOf(error.code));
    const faults =
      at === undefined
        ? [{ pointer: '#', detail }]
        : keys.map((key) => ({ pointer: jsonPointer([String(at), key]), detail }));
    throw new RowhouseError(error.code, detail, { details: { faults }, cause: error });
  }
}
