import { invalidValue } from './invalid-value.ts';

/** The value itself when it is a boolean. */
export function booleanCheck(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw invalidValue('true or false');
}
