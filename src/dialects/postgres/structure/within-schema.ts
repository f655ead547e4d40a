import type { Fact } from '../../../dialect/structure/fact.ts';
import { idOf } from './names.ts';

/** The facts of what is in a schema: what needs it, and the parts of that. The schema itself is not in it. */
export function withinSchema(facts: readonly Fact[], name: string): readonly Fact[] {
  const schema = idOf('schema', name);
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const isInside = ({ parent, requires }: Fact): boolean => {
    if (requires.includes(schema)) return true;
    const whole = parent === undefined ? undefined : byId.get(parent);
    return whole !== undefined && isInside(whole);
  };
  return facts.filter(isInside);
}
