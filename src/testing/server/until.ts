import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for a condition, not for time; false when it did not come true in time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  options: { readonly withinMs: number; readonly everyMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + options.withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) return false;
    await sleep(options.everyMs ?? 20);
  }
  return true;
}
