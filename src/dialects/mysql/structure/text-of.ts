import type { Fact } from '../../../dialect/structure/fact.ts';

/** An attribute that is text; empty when it is absent. */
export function textOf({ attributes }: Pick<Fact, 'attributes'>, attribute: string): string {
  const value = attributes[attribute];
  return typeof value === 'string' ? value : '';
}
