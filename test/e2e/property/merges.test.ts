import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { sequences, servers } from './extent.ts';
import { joinBranches } from './join-branches.ts';
import { withPairs } from './open-pair.ts';

describeServers(servers, 'two random branches', (server) => {
  test('give the same in either order, or a conflict that names a change of each', async () => {
    const wrong: (readonly string[])[] = [];
    let conflicts = 0;
    const count = sequences(server);

    await withPairs(server, count, async (pair, at) => {
      const meeting = await joinBranches(pair, at + 1);
      if (meeting.wrong.length > 0) wrong.push(meeting.wrong);
      if (meeting.conflict) conflicts += 1;
    });

    expect(wrong).toEqual([]);
    expect(conflicts).toBeGreaterThan(0);
    expect(conflicts).toBeLessThan(count);
  });
});
