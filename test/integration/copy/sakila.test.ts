import { expect, test } from 'vitest';
import { copy } from '../../../src/ops/copy/copy.ts';
import { describeServers } from '../../servers/describe-each-server.ts';
import { loadSample } from '../pull/load-sample.ts';
import { openSample } from '../pull/open-sample.ts';

describeServers(['mariadb', 'mysql', 'sqlite-better-sqlite3'], 'copying Sakila into', (target) => {
  describeServers(['postgresql-16'], 'from', (source) => {
    test('all of its tables arrive, and what changed its form is listed', async () => {
      await using origin = await source.database({
        key: 'sakila',
        prepare: async (url) => await loadSample('sakila', url),
      });
      await using place = await target.database();
      await using from = await openSample(origin.url);
      await using to = await openSample(place.url);

      const report = await copy({ from, to });

      expect(report.tables).toHaveLength(15);
      expect(report.tables.find(({ name }) => name === 'payment')?.rows).toBe(16_049);
      expect(report.notes).toContainEqual({ name: 'film', note: 'column special_features: array of text became json' });
      expect(report.notes).toContainEqual({ name: 'film', note: 'column fulltext: tsvector became text' });
      expect(report.skipped.map(({ name }) => name)).toContain('actor_info');
      expect(report.skipped.map(({ name }) => name)).toContain('film_in_stock(integer, integer)');
    });
  });
});
