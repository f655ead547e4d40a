import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { LoadedRevision } from './revision.ts';

/** The same error, saying which revision it happened in; once. */
export function inRevision(
  error: unknown,
  { id, message, file }: LoadedRevision,
  details: Readonly<Record<string, unknown>> = {},
): unknown {
  if (!(error instanceof RowhouseError) || error.details['revision'] === id) return error;
  return new RowhouseError(error.code, `revision ${id} (${message}): ${error.message}`, {
    details: { ...error.details, revision: id, file, ...details },
    hint: error.hint,
    cause: error,
  });
}
