import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { sequences, servers } from './extent.ts';
import { goBetween } from './go-between.ts';
import { withPairs } from './open-pair.ts';

describeServers(servers, 'two databases that grew apart', (server) => {
  test('become each other, and then there is nothing left to do', async () => {
    const wrong: (readonly string[])[] = [];
    let tried = 0;

    await withPairs(server, sequences(server), async (pair, at) => {
      tried += 1;
      const found = await goBetween(pair, at + 1);
      if (found.length > 0) wrong.push(found);
    });

    expect(wrong).toEqual([]);
    expect(tried).toBe(sequences(server));
  });
});
