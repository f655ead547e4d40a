import { interruption } from '../../database/interruption.ts';
import type { PinnedSession } from '../../database/pinned-session.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { splitStatements } from '../../migration/script/split-statements.ts';

/**
 * Runs the statements of a script. They may need each other in any order: what fails is tried again after the rest, as
 * long as each round gets something done.
 */
export async function loadScript(session: PinnedSession, script: string, signal?: AbortSignal): Promise<void> {
  let waiting = splitStatements(script, session.dialect.text.script);
  while (waiting.length > 0) {
    const failed: FailedStatement[] = [];
    for (const statement of waiting) {
      if (signal?.aborted === true) throw interruption(signal.reason);
      const error = await failureOf(session, statement);
      if (error !== undefined) failed.push({ statement, error });
    }
    if (failed.length === waiting.length) throw stuck(failed);
    waiting = failed.map(({ statement }) => statement);
  }
}

interface FailedStatement {
  readonly statement: string;
  readonly error: RowhouseError;
}

/** Only what the engine says of the statement can change with another order; a lost connection cannot. */
async function failureOf(session: PinnedSession, statement: string): Promise<RowhouseError | undefined> {
  try {
    await session.script(statement);
    return undefined;
  } catch (error) {
    if (!(error instanceof RowhouseError) || session.connection.broken) throw error;
    return error;
  }
}

/** The server's own words are fit to be shown: there are no rows yet that they could be about. */
function stuck(failed: readonly FailedStatement[]): RowhouseError {
  const [{ statement, error } = { statement: '', error: undefined }] = failed;
  const reason = error?.cause instanceof Error ? error.cause.message : error?.message;
  const more = failed.length > 1 ? ` (and ${failed.length - 1} more do not)` : '';
  return new RowhouseError('SCRATCH_FAILED', `\`${opening(statement)}\` does not run: ${reason}${more}`, {
    details: { statement, failed: failed.length },
    hint: 'the definition must load into an empty database of this server',
    cause: error,
  });
}

function opening(statement: string): string {
  const line = statement.replaceAll(/\s+/g, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}
