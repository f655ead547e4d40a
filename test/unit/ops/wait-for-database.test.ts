import { describe, expect, test } from 'vitest';
import { RowhouseError } from '../../../src/errors/rowhouse-error.ts';
import { waitForDatabase, type FailedAttempt } from '../../../src/ops/wait/wait-for-database.ts';

const refused = new RowhouseError('CONNECTION_FAILED', 'refused');

/** Fails with these errors first and then connects. */
function connecting(errors: readonly Error[]): { connect: () => Promise<AsyncDisposable>; closed: () => number } {
  const left = [...errors];
  let closed = 0;
  return {
    closed: () => closed,
    async connect() {
      const error = left.shift();
      if (error !== undefined) throw error;
      return await Promise.resolve({
        async [Symbol.asyncDispose]() {
          closed += 1;
          await Promise.resolve();
        },
      });
    },
  };
}

describe('waiting for the database', () => {
  test('tries again until it is there, tells each attempt, and closes what it opened', async () => {
    const told: FailedAttempt[] = [];
    const { connect, closed } = connecting([refused, refused]);

    const result = await waitForDatabase(connect, { delayMs: 1, onAttempt: (attempt) => told.push(attempt) });

    expect(result).toEqual({ ok: true, attempts: 3 });
    expect(closed()).toBe(1);
    expect(told).toEqual([
      { attempt: 1, attempts: 5, error: refused, nextInMs: 1 },
      { attempt: 2, attempts: 5, error: refused, nextInMs: 1 },
    ]);
  });

  test('gives up after the last attempt with its error', async () => {
    const { connect } = connecting(Array(9).fill(refused));

    expect(await waitForDatabase(connect, { attempts: 3, delayMs: 1 })).toEqual({
      ok: false,
      attempts: 3,
      error: refused,
    });
  });

  test('does not wait for a wrong password to become right', async () => {
    const wrong = new RowhouseError('AUTHENTICATION_FAILED', 'wrong password');

    expect(await waitForDatabase(connecting([wrong]).connect)).toEqual({ ok: false, attempts: 1, error: wrong });
  });

  test('stops when it is told to', async () => {
    const { connect } = connecting(Array(9).fill(refused));

    const result = await waitForDatabase(connect, { delayMs: 60_000, signal: AbortSignal.timeout(20) });

    expect(result).toEqual({ ok: false, attempts: 1, error: refused });
  });
});
