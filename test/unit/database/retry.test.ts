import { describe, expect, test } from 'vitest';
import { retry, retryOfCause } from '../../../src/database/retry.ts';
import type { ErrorCode } from '../../../src/errors/codes.ts';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';

function failing(errors: readonly RowhouseError[]): { attempt: () => Promise<number>; starts: () => number } {
  let starts = 0;
  return {
    starts: () => starts,
    async attempt() {
      const error = errors[starts];
      starts += 1;
      if (error !== undefined) throw error;
      return await Promise.resolve(starts);
    },
  };
}

const failure = (code: ErrorCode, cause?: unknown): RowhouseError => new RowhouseError(code, 'made up', { cause });

describe('retrying', () => {
  test('starts again after conflicts, as often as it is told', async () => {
    const conflicts = Array<RowhouseError>(9).fill(failure('DEADLOCK'));
    const lucky = failing(conflicts.slice(0, 2));
    const unlucky = failing(conflicts);
    const retrying = { settings: { attempts: 3, connectMs: 0 }, classify: retryOfCause };

    expect(await retry(retrying, lucky.attempt)).toBe(3);
    await expect(retry(retrying, unlucky.attempt)).rejects.toBe(conflicts[0]);
    expect(unlucky.starts()).toBe(3);
  });

  test('tries a lost server for a time, however often', async () => {
    const forEver = failing(Array(1000).fill(failure('CONNECTION_FAILED')));
    const startedAt = performance.now();

    await expect(
      retry({ settings: { attempts: 1, connectMs: 100 }, classify: retryOfCause }, forEver.attempt),
    ).rejects.toMatchObject({ code: 'CONNECTION_FAILED' });

    expect(forEver.starts()).toBeGreaterThan(2);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(100);
  });

  test('stops between two attempts by its signal', async () => {
    const forEver = failing(Array(1000).fill(failure('CONNECTION_FAILED')));
    const retrying = { settings: { attempts: 1, connectMs: 60_000 }, classify: retryOfCause };

    await expect(retry({ ...retrying, signal: AbortSignal.abort() }, forEver.attempt)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(forEver.starts()).toBe(1);
  });

  test('knows what a repetition helps against', () => {
    expect(retryOfCause(failure('SERIALIZATION_FAILURE'))).toBe('transaction');
    expect(retryOfCause(failure('TRANSACTION_FAILED', failure('DEADLOCK')))).toBe('transaction');
    expect(retryOfCause(failure('TRANSACTION_FAILED', failure('UNIQUE_VIOLATION')))).toBe('never');
    expect(retryOfCause(new Error('mine'))).toBe('never');
  });

  test('never repeats a commit whose outcome is unknown, although a lost line caused it', () => {
    expect(retryOfCause(failure('COMMIT_OUTCOME_UNKNOWN', failure('CONNECTION_LOST')))).toBe('never');
  });
});
