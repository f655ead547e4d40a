/** True when the promise was kept in time; what it fails with in time is thrown. Every commit waits here: few promises. */
export function keptWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const { promise: kept, resolve, reject } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, ms, false);
  promise.then(
    () => {
      clearTimeout(timer);
      resolve(true);
    },
    (error: unknown) => {
      clearTimeout(timer);
      reject(error);
    },
  );
  return kept;
}
