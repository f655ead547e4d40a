import type { FactValue } from '../../../dialect/structure/fact.ts';

/** An attribute or a note that is known to be a text, a number or a switch, as text. */
export function factText(value: FactValue | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
