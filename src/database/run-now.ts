import type { Result, Statement } from '../driver/connection.ts';
import { refuseUnknownOptions } from './refuse-unknown-options.ts';
import type { RunOptions, Session } from './session.ts';

/** The answer of a session: itself where the session has it at once, else a promise of it. */
export function runNow(
  session: Session,
  statement: Statement,
  values: readonly unknown[],
  options?: RunOptions,
): Result | Promise<Result> {
  return session.runNow === undefined
    ? session.run(statement, values, options)
    : session.runNow(statement, values, options);
}

/**
 * `runNow` as `run`: always a promise, and of one's own none where there is one already. SQL by hand comes along here, so
 * its options are looked at.
 */
export function runSoon(
  session: Required<Pick<Session, 'runNow'>>,
  statement: Statement,
  values: readonly unknown[],
  options: RunOptions | undefined,
): Promise<Result> {
  try {
    refuseUnknownOptions(options, 'a statement');
    const answer = session.runNow(statement, values, options);
    return answer instanceof Promise ? answer : Promise.resolve(answer);
  } catch (error) {
    return Promise.reject(error);
  }
}
