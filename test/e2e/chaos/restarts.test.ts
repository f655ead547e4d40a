import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sayFigures } from '../../servers/say-figures.ts';
import { audit, nothingWrong } from './audit.ts';
import { startBankApi } from './bank-api.ts';
import { serverBank } from './chaos-place.ts';
import { noExperience, sendCustomers } from './customers.ts';
import { restartingMs } from './extent.ts';
import { answerFigures, recoveryFigures } from './figures.ts';

const everyMs = 1_000;

describe.each(['postgresql', 'mariadb'] as const)('a database server that is restarted every second (%s)', (engine) => {
  test(
    `gives no wrong answer, for ${restartingMs / 1_000} s`,
    async (context) => {
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

      sayFigures(
        context,
        `${recoveriesMs.length} restarts; ${answerFigures(experience)}; ${recoveryFigures(recoveriesMs)}`,
      );
      expect(await audit(bank.url, experience)).toEqual(nothingWrong);
      expect([api.ended, api.complaints]).toEqual([undefined, '']);
      expect(recoveriesMs.length).toBeGreaterThan(1);
    },
    restartingMs + 200_000,
  );
});
