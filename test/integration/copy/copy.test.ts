import { expect, test } from 'vitest';
import { copy } from '../../../src/ops/copy/copy.ts';
import type { CopyProgress } from '../../../src/ops/copy/copy-report.ts';
import { describeEachServer } from '../../servers/describe-each-server.ts';
import { loadSample } from '../pull/load-sample.ts';
import { openSample } from '../pull/open-sample.ts';

const chinookRows = 15_607;

describeEachServer('copying into', (target) => {
  describeEachServer('from', (source) => {
    test('all of Chinook arrives, in well under a minute', async () => {
      await using origin = await source.database({
        key: 'chinook',
        prepare: async (url) => await loadSample('chinook', url),
      });
      await using place = await target.database();
      await using from = await openSample(origin.url);
      await using to = await openSample(place.url);
      const progress: CopyProgress[] = [];

      const report = await copy({ from, to, onProgress: (one) => progress.push(one) });

      expect(report.tables).toHaveLength(11);
      expect(report.skipped).toEqual([]);
      expect(report.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(chinookRows);
      expect(report.totalMs).toBeLessThan(60_000);
      expect(progress.filter(({ phase }) => phase === 'load').at(-1)).toMatchObject({ rows: expect.any(Number) });
      const again = await copy({ from, to }); // everything is there already
      expect(again.tables.map(({ hash }) => hash)).toEqual(report.tables.map(({ hash }) => hash));
    });
  });
});
