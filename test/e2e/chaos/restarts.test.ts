import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { audit, nothingWrong } from './audit.ts';
import { startBankApi } from './bank-api.ts';
import { serverBank } from './chaos-place.ts';
import { noExperience, sendCustomers } from './customers.ts';
import { restartingMs } from './extent.ts';

const everyMs = 1_000;

describe.each(['postgresql', 'mariadb'] as const)('a database server that is restarted every second (%s)', (engine) => {
  test(
    `gives no wrong answer, for ${restartingMs / 1_000} s`,
    async () => {
      await using bank = await serverBank(engine);
      await using api = await startBankApi(bank.url);
      const experience = noExperience();
      const recoveriesMs: number[] = [];

      {
        await using customers = sendCustomers(api.url, experience);
        await customers.confirmed(10);
        const end = performance.now() + restartingMs;
        for (let round = 0; performance.now() < end; round += 1) {
          const pause = delay(everyMs);
          await (round % 2 === 0 ? bank.server.stop() : bank.server.kill());
          await bank.server.start();
          const startedAt = performance.now();
          await customers.confirmed(1);
          recoveriesMs.push(performance.now() - startedAt);
          await pause;
        }
      }

      console.log(`${engine}: ${report(experience.counts, recoveriesMs)}`);
      expect(await audit(bank.url, experience)).toEqual(nothingWrong);
      expect([api.ended, api.complaints]).toEqual([undefined, '']);
      expect(recoveriesMs.length).toBeGreaterThan(1);
    },
    restartingMs + 200_000,
  );
});

function report(counts: ReadonlyMap<string, number>, recoveriesMs: readonly number[]): string {
  const sorted = recoveriesMs.toSorted((a, b) => a - b);
  const [median, longest] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted.at(-1) ?? 0];
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const failed = [...counts].filter(([what]) => !/^(?:2|4)/.test(what)).reduce((sum, [, count]) => sum + count, 0);
  const answers = [...counts].toSorted(([a], [b]) => a.localeCompare(b)).map(([what, count]) => `${what}: ${count}`);
  return [
    `${sorted.length} restarts, ${all} requests, ${((100 * failed) / all).toFixed(2)} % failed (${answers.join(', ')})`,
    `first success after a restart: median ${median.toFixed(0)} ms, longest ${longest.toFixed(0)} ms`,
  ].join('; ');
}
