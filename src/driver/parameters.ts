import { RowhouseError } from '../errors/rowhouse-error.ts';
import type { Target } from './target.ts';

/** The target's extra parameters, each known to the driver: a misspelt one must not be ignored. */
export function knownParameters(
  target: Target,
  driver: string,
  known: readonly string[],
): Readonly<Record<string, string>> {
  const parameters = target.parameters ?? {};
  for (const name of Object.keys(parameters)) {
    if (known.includes(name)) continue;
    throw new RowhouseError('CONFIG_INVALID', `the driver ${driver} does not know the connection parameter ${name}`, {
      details: { parameter: name, known },
      hint: `remove it, or use one of: ${known.join(', ')}`,
    });
  }
  return parameters;
}

/** The error for a known parameter with a value that means nothing. */
export function invalidParameter(name: string, allowed: string): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', `the connection parameter ${name} must be ${allowed}`, {
    details: { parameter: name },
  });
}

/** The parameter as a switch: `on` or `off`, and `otherwise` when it is absent. */
export function switchParameter(
  parameters: Readonly<Record<string, string>>,
  name: string,
  otherwise: boolean,
): boolean {
  const value = parameters[name];
  if (value === undefined) return otherwise;
  if (value === 'on' || value === 'true' || value === '1') return true;
  if (value === 'off' || value === 'false' || value === '0') return false;
  throw invalidParameter(name, 'on or off');
}
