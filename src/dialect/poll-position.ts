import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again whether a position is reached, every 2 ms at first and every 50 ms later; with 0 ms only once. */
export async function pollPosition(look: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs;
  for (let pauseMs = 2; ; pauseMs = Math.min(50, pauseMs * 1.5)) {
    if (await look()) return true;
    const leftMs = giveUpAt - performance.now();
    if (leftMs <= 0) return false;
    await delay(Math.min(pauseMs, leftMs));
  }
}
