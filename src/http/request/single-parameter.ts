import { parameterError } from '../problem/input-error.ts';

/** A parameter that may be given once. */
export function single(query: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = query.getAll(name);
  if (more.length > 0) throw parameterError('REQUEST_INVALID', name, 'must be given once');
  return value;
}
