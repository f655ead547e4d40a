/** The bounds that the conventions advise for the time of a database call, in seconds. */
export const secondsBuckets: readonly number[] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
