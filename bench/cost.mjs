import { countInstantiations } from '../test/types/service-fixture.ts';
import { packageCost, packageText } from './package-cost.mjs';

/** What it costs to have Rowhouse: the import, the package, and the compiler's work on the types of a large service. */
export function measureCost({ build }) {
  process.stderr.write('cost: import, package, types\n');
  const found = { ...packageCost(build), instantiations: countInstantiations() };
  const types = `types: ${found.instantiations.toLocaleString('en')} instantiations for 60 tables and 150 queries`;
  return { ...found, text: `${packageText(found)}\n${types}` };
}
