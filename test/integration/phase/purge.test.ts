import { expect, test } from 'vitest';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { revision } from '../migration/history.ts';
import { openBench } from '../migration/open-bench.ts';
import { first, table } from './people.ts';

const gone = revision('gone', ['first'], [{ kind: 'park-column', table, column: 'code' }], { phase: 'contract' });
const later = revision('later', ['gone'], [{ kind: 'park-column', table, column: 'mood' }], { phase: 'contract' });
const withoutIndex = revision('unindexed', ['first'], [{ kind: 'drop-index', table, name: 'person_mood_idx' }]);

describeEachServer('what was parked', (server) => {
  test('stays for the run that parked it, and goes with the next contract', async () => {
    await using temporary = await server.database();
    const history = [first, withoutIndex, { ...gone, parents: ['unindexed'] }];
    await using bench = await openBench(temporary.url, history);

    const parking = await upgrade({ ...bench.context, phase: 'contract' });
    const next = await upgrade(bench.with([...history, later], { phase: 'contract' }));
    const last = await upgrade(bench.with([...history, later], { phase: 'contract' }));

    expect(parking.purged).toEqual([]);
    expect(next.purged).toMatchObject([{ table, column: 'code', revision: 'gone' }]);
    expect(last.purged).toMatchObject([{ table, column: 'mood', revision: 'later' }]);
  });
});
