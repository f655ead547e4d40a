import { inputError, parameterError } from '../problem/input-error.ts';
import type { Exchange } from '../router/route.ts';

/** The request's body as it was read, which must be there. */
export function requireBody(body: unknown): unknown {
  if (body === undefined)
    throw inputError('REQUEST_INVALID', 'the request has no body', [{ pointer: '#', detail: 'must be a JSON object' }]);
  return body;
}

/** Refuses every query parameter. */
export function refuseQuery({ query }: Exchange): void {
  const [first] = query.keys();
  if (first !== undefined) throw parameterError('FIELD_UNKNOWN', first, 'is not a parameter here');
}
