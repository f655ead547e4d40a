import type { Catalog } from '../../../src/catalog/model/catalog.ts';
import type { LoadedRevision } from '../../../src/migration/revision/revision.ts';
import { upgrade } from '../../../src/migration/run/upgrade.ts';
import type { TestServer } from '../../../src/testing/describe-each-server.ts';
import { openBench } from '../migration/open-bench.ts';

/** What the revisions make of a database without rows, where nothing has to be done in steps. */
export async function plainly(server: TestServer, history: readonly LoadedRevision[]): Promise<Catalog> {
  await using temporary = await server.database();
  await using bench = await openBench(temporary.url, history);
  await upgrade(bench.context);
  return await bench.inspect();
}
