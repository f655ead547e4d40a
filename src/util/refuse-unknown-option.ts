import type { ErrorCode } from '../errors/codes.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { findUnknownOption, optionHint } from './unknown-option.ts';

/** Refuses an option that is not there, before anything takes place: `a transaction has no option timeoutms`. */
export function refuseUnknownOption(
  options: object | undefined,
  known: ReadonlySet<string>,
  what: string,
  code: ErrorCode = 'USAGE',
): void {
  const unknown = findUnknownOption(options, known);
  if (unknown === undefined) return;
  throw new RowhouseError(code, `${what} has no option ${unknown}`, {
    details: { option: unknown },
    hint: optionHint(unknown, known),
  });
}
