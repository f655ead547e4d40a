import { setTimeout as delay } from 'node:timers/promises';
import type { CommitOutcome } from '../dialect/session-statements.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { KnownNumber } from './commit-number.ts';
import { retry, retryOfCause } from './retry.ts';
import { plainStatement, translated, type SessionContext } from './session-context.ts';

/**
 * Finds out over another connection what became of a commit whose answer was lost. Returns when it took place; throws
 * `CONNECTION_LOST` when the server rolled back, `COMMIT_OUTCOME_UNKNOWN` when nobody can say.
 */
export async function resolveCommit(context: SessionContext, number: KnownNumber, lost: RowhouseError): Promise<void> {
  if (number === null) return;
  const outcome = context.dialect.sessions.commitOutcome;
  if (number === undefined || outcome === undefined) throw unknownOutcome(lost);
  switch (await askUntilDecided(context, outcome, number, lost)) {
    case 'committed':
      return;
    case 'aborted':
      throw new RowhouseError('CONNECTION_LOST', 'the line was lost during commit and the server rolled back', {
        cause: lost,
      });
    case undefined:
      throw unknownOutcome(lost);
  }
}

async function askUntilDecided(
  context: SessionContext,
  outcome: CommitOutcome,
  number: string,
  lost: RowhouseError,
): Promise<'committed' | 'aborted' | undefined> {
  const giveUpAt = performance.now() + context.retries.connectMs;
  for (;;) {
    const status = await ask(context, outcome, number, lost);
    if (status === 'committed' || status === 'aborted') return status;
    // The server may still be busy with it, or has not noticed yet that the line is gone.
    if (status !== 'in progress' || performance.now() >= giveUpAt) return undefined;
    await delay(50);
  }
}

async function ask(
  context: SessionContext,
  outcome: CommitOutcome,
  number: string,
  lost: RowhouseError,
): Promise<unknown> {
  try {
    return await retry({ settings: context.retries, classify: retryOfCause }, async () => {
      const checkout = await context.rescuers.acquire();
      try {
        const { rows } = await checkout.connection.run(plainStatement(outcome.status), [number]);
        return rows[0]?.[0];
      } catch (error) {
        throw translated(context, error, 'statement');
      } finally {
        checkout.release();
      }
    });
  } catch (error) {
    throw unknownOutcome(new AggregateError([lost, error], 'the outcome could not be asked'));
  }
}

function unknownOutcome(cause: Error): RowhouseError {
  return new RowhouseError(
    'COMMIT_OUTCOME_UNKNOWN',
    'the line was lost during commit and the outcome cannot be found',
    {
      cause,
      hint: 'look for what the transaction wrote before running it again',
    },
  );
}
