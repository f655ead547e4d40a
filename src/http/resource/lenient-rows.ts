import type { Transaction } from '../../database/transaction.ts';
import { statusOf } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { Answer } from '../reply.ts';
import { toProblem, type Problem } from '../problem/problem.ts';
import { json } from '../request/json-response.ts';
import { readPreferences } from '../request/preferences.ts';
import type { Exchange } from '../router/route.ts';
import { readInsert } from '../wire/read-body.ts';
import { keyPath, keyValues } from '../wire/row-key.ts';
import { writeRow } from '../wire/write-row.ts';
import type { ErasedService, Resource } from './resource.ts';
import { valuesFor, type RowChange } from './row-change.ts';

type Row = Readonly<Record<string, unknown>>;
type Rows = ReturnType<ErasedService['on']>;

/** What became of one row: its own status, and either the row or the problem. */
interface Outcome {
  readonly status: number;
  readonly location?: string;
  readonly row?: Row;
  readonly problem?: Problem;
}

/** The rows that a request is about, and the transaction in which each has a savepoint of its own. */
export interface Together {
  readonly exchange: Exchange;
  readonly resource: Resource;
  readonly transaction: Transaction;
}

/** Adds those rows of a list that can be added. */
export async function createEach(together: Together, body: readonly unknown[]): Promise<Answer> {
  const { exchange, resource } = together;
  const outcomes = await eachByItself(together, body, async (rows, item) => {
    const row = await rows.create(readInsert(item, resource.fields));
    const location = exchange.url.pathname + keyPath(row, resource.key);
    return { status: 201, location, row: writeRow(row, resource.fields) };
  });
  return multiStatus(outcomes, together);
}

/** Changes those of the rows that can be changed. */
export async function updateEach(together: Together, found: readonly Row[], change: RowChange): Promise<Answer> {
  const { fields, primaryKey } = together.resource;
  const outcomes = await eachByItself(together, found, async (rows, row) => {
    const changed = await rows.update(keyValues(row, primaryKey), valuesFor(change, row));
    return { status: 200, row: writeRow(changed, fields) };
  });
  return multiStatus(withKeys(outcomes, found, together.resource), together);
}

/** Deletes those of the rows that can be deleted. */
export async function deleteEach(together: Together, found: readonly Row[]): Promise<Answer> {
  const outcomes = await eachByItself(together, found, async (rows, row) => {
    await rows.delete(keyValues(row, together.resource.primaryKey));
    return { status: 204 };
  });
  return multiStatus(withKeys(outcomes, found, together.resource), together);
}

/** What a client did wrong with one row leaves the others alone; any other error takes all of them back. */
async function eachByItself<T>(
  { exchange, resource, transaction }: Together,
  items: readonly T[],
  work: (rows: Rows, item: T) => Promise<Outcome>,
): Promise<readonly Outcome[]> {
  const { request, requestId, repository } = exchange;
  const outcomes: Outcome[] = [];
  for (const item of items) {
    try {
      outcomes.push(
        await transaction.transaction(async (nested) => await work(resource.service.on(nested, repository), item)),
      );
    } catch (error) {
      if (!isOfClient(error)) throw error;
      const problem = toProblem(error, { requestId, method: request.method, table: resource.table });
      outcomes.push({ status: problem.status, problem });
    }
  }
  return outcomes;
}

function isOfClient(error: unknown): boolean {
  return error instanceof RowhouseError && statusOf(error.code) < 500 && error.code !== 'CANCELLED';
}

/** Who did not send the rows is told which ones they were. */
function withKeys(outcomes: readonly Outcome[], found: readonly Row[], { key }: Resource): readonly object[] {
  return outcomes.map((outcome, at) => ({ key: writeRow(found[at] ?? {}, key), ...outcome }));
}

function multiStatus(outcomes: readonly object[], { exchange }: Together): Answer {
  const { minimal } = readPreferences(exchange);
  const items = minimal ? outcomes.map((outcome) => ({ ...outcome, row: undefined })) : outcomes;
  const applied = minimal ? 'handling=lenient, return=minimal' : 'handling=lenient';
  return json(207, { items }, { 'preference-applied': applied });
}
