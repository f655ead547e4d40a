import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sayFigures } from '../../servers/say-figures.ts';
import { audit, nothingWrong } from './audit.ts';
import { startBankApi } from './bank-api.ts';
import { fileBank, serverBank } from './chaos-place.ts';
import { noExperience, sendCustomers } from './customers.ts';
import { kills } from './extent.ts';
import { answerFigures } from './figures.ts';

describe.each([
  ['postgresql', async () => await serverBank('postgresql')],
  ['mariadb', async () => await serverBank('mariadb')],
  ['sqlite', fileBank],
] as const)('a service that is killed (%s)', (_, open) => {
  test(
    `has kept all it confirmed and no half of anything, ${kills} times at any moment`,
    async (context) => {
      await using bank = await open();
      const experience = noExperience();

      for (let round = 0; round < kills; round += 1) {
        await using api = await startBankApi(bank.url);
        await using customers = sendCustomers(api.url, experience);
        await customers.confirmed(1 + randomInt(20));
        await delay(Math.random() * 10); // between two answers too
        await api.kill();
        expect(api.complaints).toBe('');
      }

      const { confirmed } = experience;
      sayFigures(context, `${kills} kills of the service; ${confirmed.size} confirmed; ${answerFigures(experience)}`);
      expect(await audit(bank.url, experience)).toEqual(nothingWrong);
      expect(confirmed.size).toBeGreaterThanOrEqual(kills);
      expect(experience.counts.get('no answer')).toBeGreaterThanOrEqual(kills);
    },
    kills * 15_000,
  );
});
