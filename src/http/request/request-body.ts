import { inputError, parameterError } from '../problem/input-error.ts';
import type { Exchange } from '../router/route.ts';

/** The request's body, which must be there. */
export async function requireBody(exchange: Exchange, types?: ReadonlySet<string>): Promise<unknown> {
  const body = await exchange.json(types);
  if (body === undefined)
    throw inputError('REQUEST_INVALID', 'the request has no body', [{ pointer: '#', detail: 'must be a JSON object' }]);
  return body;
}

/** Refuses every query parameter. */
export function refuseQuery({ url }: Exchange): void {
  const [first] = url.searchParams.keys();
  if (first !== undefined) throw parameterError('FIELD_UNKNOWN', first, 'is not a parameter here');
}
