import type { ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** What to do about the usual causes, where the engine's error cannot know that a migration met it. */
const hints: Partial<Record<ErrorCode, string>> = {
  PERMISSION_DENIED: 'migrations need an account that may change definitions; MIGRATION_DB_USER names one of their own',
  OBJECT_EXISTS: 'adopt an existing database with `rowhouse pull`, or record its state with `rowhouse stamp`',
  OBJECT_MISSING: '`rowhouse drift` shows what was changed in the database beside its revisions',
};

/** An engine knows of requests alone: they should be short, and a migration should wait. */
const lockHint = 'end what holds it, or let `--retry-for` try for longer; `rowhouse current` tells how far it came';

/** Runs a migration; an error of it that says nothing of what to do gets the hint of its cause. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RowhouseError)) throw error;
    const hint = error.code === 'LOCK_TIMEOUT' ? lockHint : withHalfRun(error, error.hint ?? hints[error.code]);
    if (hint === error.hint) throw error;
    throw new RowhouseError(error.code, error.message, { details: error.details, hint, cause: error });
  }
}

function withHalfRun({ details }: RowhouseError, hint: string | undefined): string | undefined {
  if (details['statementsRan'] === undefined) return hint;
  const half = '`rowhouse current` lists what ran, and the next run goes on behind it';
  return hint === undefined ? half : `${hint}; ${half}`;
}
