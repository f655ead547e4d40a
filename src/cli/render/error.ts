import { RowhouseError } from '../../errors/rowhouse-error.ts';
import { wrap } from './help.ts';
import { rowsInTheWay } from './rows-in-the-way.ts';

/** An error as a person reads it: what happened, the code, the rows that it is about, what to do. */
export function renderError(error: unknown): string {
  if (!(error instanceof RowhouseError)) {
    return `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const hint = error.hint === undefined ? '' : `\n${wrap(`hint: ${error.hint}`, 2)}`;
  const rows = rowsInTheWay(error);
  return `error: ${error.message} (${error.code})${rows === undefined ? '' : `\n  ${rows}`}${hint}`;
}

/** An error as `--json` shows it. */
export function errorJson(error: unknown): unknown {
  return error instanceof RowhouseError ? error : { code: 'INTERNAL', message: String(error) };
}
