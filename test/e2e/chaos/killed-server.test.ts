import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sayFigures } from '../../servers/say-figures.ts';
import { audit, nothingWrong } from './audit.ts';
import { startBankApi } from './bank-api.ts';
import { serverBank } from './chaos-place.ts';
import { noExperience, sendCustomers } from './customers.ts';
import { kills } from './extent.ts';
import { answerFigures, recoveryFigures } from './figures.ts';

describe.each(['postgresql', 'mariadb'] as const)('a database server that is killed (%s)', (engine) => {
  test(
    `costs nothing that was confirmed, ${kills} times at any moment`,
    async (context) => {
      await using bank = await serverBank(engine);
      await using api = await startBankApi(bank.url);
      const experience = noExperience();
      const recoveriesMs: number[] = [];

      {
        await using customers = sendCustomers(api.url, experience);
        await customers.confirmed(1);
        for (let round = 0; round < kills; round += 1) {
          await customers.confirmed(randomInt(20));
          await delay(Math.random() * 10); // between two answers too
          await bank.server.kill();
          await bank.server.start();
          const startedAt = performance.now();
          await customers.confirmed(1);
          recoveriesMs.push(performance.now() - startedAt);
        }
      }

      sayFigures(
        context,
        `${kills} kills of the server; ${answerFigures(experience)}; ${recoveryFigures(recoveriesMs)}`,
      );
      expect(await audit(bank.url, experience)).toEqual(nothingWrong);
      expect([api.ended, api.complaints]).toEqual([undefined, '']);
    },
    kills * 15_000,
  );
});
