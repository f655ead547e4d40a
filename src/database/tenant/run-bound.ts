import type { Connection, Result, Statement, StreamOptions } from '../../driver/connection.ts';
import type { StatementWithValues } from '../session.ts';
import { plainStatement } from '../session-context.ts';

const begin: StatementWithValues = [plainStatement('begin'), []];
const commit: StatementWithValues = [plainStatement('commit'), []];

/** Runs statements in one transaction that is told first whose rows they are about: one flight where the protocol can. */
export async function runAllBound(
  connection: Connection,
  binding: StatementWithValues,
  statements: readonly StatementWithValues[],
): Promise<readonly Result[]> {
  if (connection.atomicFlights === true) return (await connection.runAll([binding, ...statements])).slice(1);
  return await inTransaction(connection, binding, async () => await connection.runAll(statements));
}

/** Like `runAllBound`, for one statement. */
export async function runBound(
  connection: Connection,
  binding: StatementWithValues | undefined,
  statement: Statement,
  values: readonly unknown[],
): Promise<Result> {
  if (binding === undefined) return await connection.run(statement, values);
  const [result] = await runAllBound(connection, binding, [[statement, values]]);
  return result ?? { rows: [], fields: [], changes: 0 };
}

/** Reads rows in batches, in a transaction that is told first whose rows they are. */
export async function* streamBound(
  connection: Connection,
  binding: StatementWithValues | undefined,
  [statement, values]: StatementWithValues,
  options: StreamOptions,
): AsyncIterable<Result['rows']> {
  if (binding === undefined) {
    yield* connection.stream(statement, values, options);
    return;
  }
  await connection.runAll([begin, binding]);
  let isRead = false;
  try {
    yield* connection.stream(statement, values, options);
    isRead = true;
  } finally {
    if (!connection.broken) await connection.run(plainStatement(isRead ? 'commit' : 'rollback'), []);
  }
}

async function inTransaction<T>(
  connection: Connection,
  binding: StatementWithValues,
  work: () => Promise<T>,
): Promise<T> {
  try {
    await connection.runAll([begin, binding]);
    const result = await work();
    await connection.runAll([commit]);
    return result;
  } catch (error) {
    if (!connection.broken) await connection.run(plainStatement('rollback'), []).catch(() => connection.destroy());
    throw error;
  }
}
