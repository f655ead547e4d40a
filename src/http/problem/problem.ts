import { statusOf, type ErrorCode } from '../../errors/codes.ts';
import { RowhouseError } from '../../errors/rowhouse-error.ts';
import type { TableDefinition } from '../../schema/table/table.ts';
import { pointerTo } from '../wire/json-pointer.ts';
import { constraintKeys } from './constraint-keys.ts';
import { faultsOf, type InputFault } from './input-error.ts';
import { problemText } from './problem-text.ts';

/** A problem of RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The request, as the log knows it. */
  readonly instance: string;
  readonly code: ErrorCode;
  readonly errors?: readonly InputFault[];
}

export interface ProblemContext {
  readonly requestId: string;
  readonly method: string;
  /** The table that the request is about. */
  readonly table?: TableDefinition | undefined;
}

/** What a client is told about an error. Words of engines, SQL and unexpected errors stay inside. */
export function toProblem(error: unknown, context: ProblemContext): Problem {
  const known = error instanceof RowhouseError ? error : undefined;
  const code = known?.code ?? 'INTERNAL';
  const status = statusOf(code);
  const text = problemText(code, status);
  const errors = known === undefined || status >= 500 ? [] : faults(known, context);
  return {
    type: `urn:problem-type:rowhouse:${code.toLowerCase().replaceAll('_', '-')}`,
    title: text.title,
    status,
    detail: known !== undefined && status < 500 && isOurs(known) ? known.message : text.detail,
    instance: `urn:request:${context.requestId}`,
    code,
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** Only the HTTP layer words its messages for clients: it is the one that names faults or nothing of the database. */
function isOurs(error: RowhouseError): boolean {
  return faultsOf(error).length > 0 || ownCodes.has(error.code);
}

const ownCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'REQUEST_INVALID',
  'ROUTE_NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'PRECONDITION_FAILED',
  'PRECONDITION_REQUIRED',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_REUSED',
  'REQUEST_IN_FLIGHT',
  'RATE_LIMITED',
  'MEDIA_TYPE_UNSUPPORTED',
  'BODY_TOO_LARGE',
]);

function faults(error: RowhouseError, { table, method }: ProblemContext): readonly InputFault[] {
  const named = faultsOf(error);
  if (named.length > 0 || table === undefined || method === 'DELETE') return named;
  const { detail } = problemText(error.code, statusOf(error.code));
  return constraintKeys(error, table).map((key) =>
    method === 'GET' || method === 'HEAD' ? { parameter: key, detail } : { pointer: pointerTo(key), detail },
  );
}
