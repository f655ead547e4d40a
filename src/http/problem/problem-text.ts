import type { ErrorCode } from '../../errors/codes.ts';

/** What a problem says of a code: a title, and what to tell a client when the error's own words stay inside. */
export interface ProblemText {
  readonly title: string;
  readonly detail: string;
}

/** The words for codes that a client can do something about. */
const texts: Partial<Readonly<Record<ErrorCode, ProblemText>>> = {
  UNIQUE_VIOLATION: { title: 'Already exists', detail: 'another row has these values, and they must be unique' },
  FOREIGN_KEY_VIOLATION: { title: 'Reference broken', detail: 'the change would leave a reference without its row' },
  NOT_NULL_VIOLATION: { title: 'Value missing', detail: 'a value that must be there is missing' },
  CHECK_VIOLATION: { title: 'Rule broken', detail: 'the values break a rule of the table' },
  VALUE_INVALID: { title: 'Invalid value', detail: 'a value does not fit its property' },
  ROW_NOT_FOUND: { title: 'Not found', detail: 'there is no such row' },
  ROW_COUNT_UNEXPECTED: { title: 'Conflict', detail: 'the change would hit another number of rows than expected' },
  VERSION_CONFLICT: { title: 'Changed meanwhile', detail: 'the row was changed by someone else' },
  FIELD_UNKNOWN: { title: 'Unknown field', detail: 'the request names a field that is not there' },
  OPERATOR_UNKNOWN: { title: 'Unknown operator', detail: 'the request uses an operator that is not there' },
  FILTER_INVALID: { title: 'Invalid filter', detail: 'a filter cannot be read' },
  ORDER_INVALID: { title: 'Invalid order', detail: 'the order cannot be read' },
  PREDICATE_REQUIRED: { title: 'Filter required', detail: 'a filter must say which rows are meant' },
  CURSOR_INVALID: { title: 'Invalid cursor', detail: 'the cursor does not belong to this filter and order' },
  TENANT_MISSING: { title: 'Not allowed', detail: 'the request belongs to no tenant' },
  TENANT_MISMATCH: { title: 'Not allowed', detail: 'the request names another tenant than its own' },
  ROW_LOCKED: { title: 'Locked', detail: 'somebody else is changing the row' },
  TOKEN_INVALID: { title: 'Invalid token', detail: 'the token of a write is not one that this service gave' },
  FIELD_IMMUTABLE: { title: 'Immutable field', detail: 'the property cannot be changed' },
  REQUEST_INVALID: { title: 'Invalid request', detail: 'the request cannot be read' },
  ROUTE_NOT_FOUND: { title: 'Not found', detail: 'there is nothing at this address' },
  METHOD_NOT_ALLOWED: { title: 'Method not allowed', detail: 'the resource does not take this method' },
  PRECONDITION_FAILED: { title: 'Precondition failed', detail: 'the row is not in the state that the request expects' },
  PRECONDITION_REQUIRED: { title: 'Precondition required', detail: 'say in If-Match which version is meant' },
  IDEMPOTENCY_KEY_MISSING: { title: 'Idempotency key missing', detail: 'the request needs an Idempotency-Key' },
  IDEMPOTENCY_KEY_REUSED: { title: 'Idempotency key reused', detail: 'the key belongs to another request' },
  REQUEST_IN_FLIGHT: { title: 'Request in flight', detail: 'the same request is being served' },
  RATE_LIMITED: { title: 'Too many requests', detail: 'wait before the next request' },
  MEDIA_TYPE_UNSUPPORTED: { title: 'Unsupported media type', detail: 'the body must be JSON' },
  BODY_TOO_LARGE: { title: 'Body too large', detail: 'the body is larger than the server takes' },
  STATEMENT_TIMEOUT: { title: 'Timed out', detail: 'the database did not answer in time' },
  CANCELLED: { title: 'Cancelled', detail: 'the request was cancelled' },
  COMMIT_OUTCOME_UNKNOWN: {
    title: 'Outcome unknown',
    detail: 'the line was lost while committing: look whether the change took place before repeating it',
  },
  DISK_FULL: { title: 'Out of space', detail: 'the database has no space left' },
};

const unavailable: ProblemText = { title: 'Unavailable', detail: 'the database cannot serve the request now' };
const internal: ProblemText = { title: 'Internal error', detail: 'the server could not serve the request' };

export function problemText(code: ErrorCode, status: number): ProblemText {
  return texts[code] ?? (status === 503 ? unavailable : internal);
}
