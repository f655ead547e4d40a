import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { sequences, servers } from './extent.ts';
import { goThereAndBack } from './go-there-and-back.ts';
import { withPairs } from './open-pair.ts';

describeServers(servers, 'random changes', (server) => {
  test.each([
    ['made one by one', 'as they are'],
    ['found by comparing', 'compared'],
    ['divided in two phases', 'in two phases'],
  ] as const)('%s lead to what the tables say, and back to what was there with its rows', async (_, route) => {
    const wrong: (readonly string[])[] = [];
    const kinds = new Set<string>();

    await withPairs(server, sequences(server), async (pair, at) => {
      const journey = await goThereAndBack(pair, at + 1, route);
      if (journey.wrong.length > 0) wrong.push(journey.wrong);
      for (const kind of journey.kinds) kinds.add(kind);
    });

    expect(wrong).toEqual([]);
    expect(kinds.size).toBeGreaterThan(15);
  });
});
