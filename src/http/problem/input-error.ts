import type { ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';

/** One thing wrong with a request: where, in the body or in the query, and what. */
export type InputFault =
  | { readonly pointer: string; readonly detail: string }
  | { readonly parameter: string; readonly detail: string };

/** The error of a request that cannot be served as it is; the problem shows its faults. */
export function inputError(code: ErrorCode, message: string, faults: readonly InputFault[]): RowhouseError {
  return new RowhouseError(code, message, { details: { faults } });
}

/** The error of one query parameter. */
export function parameterError(code: ErrorCode, parameter: string, detail: string): RowhouseError {
  return inputError(code, `the parameter ${parameter} ${detail}`, [{ parameter, detail }]);
}

/** The faults that an error names. */
export function faultsOf(error: RowhouseError): readonly InputFault[] {
  const { faults } = error.details;
  return Array.isArray(faults) ? (faults as readonly InputFault[]) : [];
}
