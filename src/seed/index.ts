/** Seeds and fixtures from code. */
export { loadFixtures } from './load-fixtures.ts';
export { runSeedModule } from './run-seed-module.ts';
export { runSeeds } from './run-seeds.ts';
export type { SeedOptions, SeedReport } from './run-seeds.ts';
