/** Essential seeds are for every environment, the others for the one they are named after. */
export type SeedClass = 'essential' | 'development' | 'staging' | 'production';

export const seedClasses: readonly SeedClass[] = ['essential', 'development', 'staging', 'production'];

export function isSeedClass(name: string): name is SeedClass {
  return seedClasses.some((known) => known === name);
}

/** What an environment gets, in order. One that has no class of its own, such as `testing`, gets what is essential. */
export function classesFor(environment: string): readonly SeedClass[] {
  return isSeedClass(environment) && environment !== 'essential' ? ['essential', environment] : ['essential'];
}
