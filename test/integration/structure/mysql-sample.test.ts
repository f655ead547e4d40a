import { expect, test } from 'vitest';
import { describeServers } from '../../servers/describe-each-server.ts';
import { loadSample } from '../pull/load-sample.ts';
import { openConnection } from '../dialects/open-connection.ts';

describeServers(['mysql', 'mariadb'], 'a sample database', (server) => {
  for (const sample of ['sakila', 'chinook'] as const) {
    test(`${sample} is told whole, made from nothing and taken away again`, async () => {
      const loaded = await server.database();
      await loadSample(sample, loaded.url);
      await using wanted = await openConnection(loaded.url);
      await using changed = await openConnection((await server.database()).url);
      const planner = await changed.dialect.structures?.();
      if (planner === undefined) throw new Error(`${server.name} compares no structures`);
      const [nothing, whole] = [await planner.read(changed.connection), await planner.read(wanted.connection)];
      const run = async (from: typeof whole, to: typeof whole): Promise<void> => {
        for (const { sql } of planner.plan(from, to)) await changed.connection.script(sql);
      };
      expect(whole.opaque).toEqual([]);
      expect(whole.facts.size).toBeGreaterThan(80);

      await run(nothing, whole);
      const made = await planner.read(changed.connection);
      await run(made, nothing);
      const left = await planner.read(changed.connection);

      expect(planner.plan(made, whole)).toEqual([]);
      expect(made.facts.size).toBe(whole.facts.size);
      expect(left.facts.size).toBe(0);
    });
  }
});
